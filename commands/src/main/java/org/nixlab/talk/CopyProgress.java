package org.nixlab.talk;

/** Is told how a copy goes on. Called often, by any thread. */
public interface CopyProgress {
    CopyProgress NONE = (done, total) -> {};

    /** So many bytes are done of so many; {@code total} is -1 while unknown. */
    void copied(long done, long total);

    /**
     * Something the user should know: why the copy takes long, or, once the rest is in its place, what did not come as it
     * is.
     */
    default void note(String line) {}
}
