package org.nixlab.talk;

/** Is told how a copy goes on. Called often, from any thread. */
public interface CopyProgress {
    CopyProgress NONE = (done, total) -> {};

    /** So many bytes are done of so many; {@code total} is -1 while unknown. */
    void copied(long done, long total);

    /** Something the user should know: why the copy takes long, or what did not come as it is. */
    default void note(String line) {}
}
