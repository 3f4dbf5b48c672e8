package org.nixlab.image.cache;

/** Is told how a build goes on. Called from any thread; must not block for long. */
public interface BuildProgress {
    /** Listens to nothing. */
    BuildProgress NONE = new BuildProgress() {
        @Override
        public void step(String what, String detail, double fraction) {}

        @Override
        public void note(String line) {}
    };

    /**
     * A piece of a build goes on.
     *
     * @param what the piece, for example {@code base amd64}
     * @param detail what it does just now
     * @param fraction how much of it is done, 0 to 1; negative while unknown
     */
    void step(String what, String detail, double fraction);

    /** Something the user should see once, for example that a suite of the mirror was left out. */
    void note(String line);
}
