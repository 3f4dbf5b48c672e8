package org.nixlab.command.display;

/** Colours of a terminal, or nothing where they are off. Sixteen colours only; never a meaning by colour alone. */
public record Style(boolean on) {
    private static final String[] MACHINES = {"36", "33", "35", "34", "32", "96"};

    public String good(String text) {
        return paint("32", text);
    }

    public String busy(String text) {
        return paint("33", text);
    }

    public String bad(String text) {
        return paint("31", text);
    }

    public String dim(String text) {
        return paint("2", text);
    }

    public String bold(String text) {
        return paint("1", text);
    }

    /** Returns the text in the colour of the machine with this index. */
    String machine(int index, String text) {
        return paint(MACHINES[Math.floorMod(index, MACHINES.length)], text);
    }

    private String paint(String code, String text) {
        return on && !text.isEmpty() ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
