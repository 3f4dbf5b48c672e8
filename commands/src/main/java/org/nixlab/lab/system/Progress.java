package org.nixlab.lab.system;

import java.util.function.Consumer;
import java.util.function.Supplier;

import org.nixlab.image.cache.BuildProgress;
import org.nixlab.machine.Phase;

/** Is told how a long verb goes on. Called from any thread; must not block for long. */
public interface Progress extends BuildProgress {
    Progress NONE = noting(line -> {});

    /**
     * Returns one that hears notes alone.
     *
     * @param notes called from any thread
     */
    static Progress noting(Consumer<String> notes) {
        return new Progress() {
            @Override
            public void machine(String machine, Phase phase, String detail) {}

            @Override
            public void step(String what, String detail, double fraction) {}

            @Override
            public void note(String line) {
                notes.accept(line);
            }
        };
    }

    /** A machine has come to a phase, or has something new to say of it. */
    void machine(String machine, Phase phase, String detail);

    /**
     * What a piece of a build does at this very moment, such as a line its program printed. It changes often, and only
     * those who watch want to know.
     *
     * @param what the piece
     */
    default void now(String what, String text) {}

    /**
     * Does a piece of work of which nothing is known but what it is.
     *
     * @param what the piece
     * @param text what it does
     */
    default <T> T during(String what, String text, Supplier<T> work) {
        step(what, "", -1);
        now(what, text);
        try {
            return work.get();
        } finally {
            step(what, "", 1);
        }
    }
}
