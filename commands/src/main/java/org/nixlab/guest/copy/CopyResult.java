package org.nixlab.guest.copy;

/**
 * What was copied.
 *
 * @param bytes of files, holes among them
 */
public record CopyResult(int files, long bytes) {}
