package org.nixlab.guest;

/** Is told how many bytes of a copy are done, and of how many; {@code total} is -1 while unknown. Called by any thread. */
public interface CopyListener {
    void copied(long done, long total);
}
