package org.nixlab.machine;

/** Is told how much of a copy is done, in bytes; {@code total} is -1 while unknown. Called often, from any thread. */
public interface CopyProgress {
    CopyProgress NONE = (done, total) -> {};

    void copied(long done, long total);

    /** Is told why the copy takes long: a machine stands still, or goes on again. */
    default void note(String line) {}
}
