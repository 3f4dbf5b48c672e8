package org.nixlab.shell;

/** Puts the program together and ends it. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new Program(Surroundings.ofProcess(), new NoLabs()).run(arguments));
    }
}
