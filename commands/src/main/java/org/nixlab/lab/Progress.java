package org.nixlab.lab;

import org.nixlab.machine.Phase;

/** Is told how a long verb goes on. Called from any thread; must not block for long. */
public interface Progress {
    Progress NONE = new Progress() {
        @Override
        public void machine(String machine, Phase phase, String detail) {}

        @Override
        public void step(String what, String detail, double fraction) {}

        @Override
        public void note(String line) {}
    };

    /** A machine has come to a phase, or has something new to say of it. */
    void machine(String machine, Phase phase, String detail);

    /**
     * A piece of a build goes on.
     *
     * @param what the piece, for example {@code base amd64}
     * @param detail what it does just now
     * @param fraction how much of it is done, 0 to 1; negative while unknown
     */
    void step(String what, String detail, double fraction);

    /** Something the user should see once, for example which acceleration is used. */
    void note(String line);
}
