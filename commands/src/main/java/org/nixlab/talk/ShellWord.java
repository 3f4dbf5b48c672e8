package org.nixlab.talk;

/** Quotes texts as single words for a POSIX shell. */
public final class ShellWord {
    private ShellWord() {}

    public static String quote(String text) {
        return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
