package org.nixlab.shell.line;

/** What a typed line is, decided by its first word alone. */
public sealed interface Line {
    /** Nothing, or a comment. */
    record Blank() implements Line {}

    /**
     * A command.
     *
     * @param word its first word
     * @param rest what follows, without the blanks around it
     */
    record Command(String word, String rest) implements Line {}

    /** A command by force, {@code :word}; it need not exist. */
    record Forced(String word, String rest) implements Line {}

    /**
     * A command for a machine's shell.
     *
     * @param machine its name
     * @param tail what goes to its shell
     */
    record MachineFirst(String machine, String tail) implements Line {}

    /** Something for the host's shell. */
    record Host(String command) implements Line {}

    /** Groovy, the rest. */
    record Groovy(String text) implements Line {}
}
