package org.nixlab.scenario;

/** Something that is watched until this is closed. */
public interface Watch extends AutoCloseable {
    @Override
    void close();
}
