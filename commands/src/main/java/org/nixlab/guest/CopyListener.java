package org.nixlab.guest;

/** Is told how a copy goes on. Called by any thread. */
public interface CopyListener {
    /** So many bytes are done of so many; {@code total} is -1 while unknown. */
    void copied(long done, long total);

    /** Something did not come as it is, and the user should know. Called once the rest is in its place. */
    default void note(String line) {}
}
