package org.nixlab.talk;

/** Quotes texts as single words for a POSIX shell. */
public final class ShellWord {
    private ShellWord() {}

    /** Returns a text as it stands for itself in a line: bare if nothing in it means anything to a shell. */
    public static String quote(String text) {
        return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
