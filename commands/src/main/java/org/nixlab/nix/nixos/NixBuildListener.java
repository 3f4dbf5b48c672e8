package org.nixlab.nix.nixos;

/** Is told how a build by Nix goes on; called from one thread. */
public interface NixBuildListener {
    /**
     * Something is being done.
     *
     * @param detail what, and how much of all
     * @param fraction of all there is to do, from 0 to 1
     */
    void step(String detail, double fraction);

    /** The builder of what was said to be done last printed a line, or came to a phase. */
    void now(String text);

    /** There is something the user may want to know. */
    void note(String line);
}
