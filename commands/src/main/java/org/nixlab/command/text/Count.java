package org.nixlab.command.text;

/** Counts things in words. */
public final class Count {
    private Count() {}

    public static String of(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
