package org.nixlab.lab;

import java.time.Instant;

/**
 * A layer in the image cache.
 *
 * @param id its key, derived from its content
 * @param kind {@code base}, {@code kernel}, {@code packages} or {@code machine}
 * @param description what it holds, in a few words
 * @param bytes its size on disk
 * @param lastUsed when a machine was last built with it
 * @param inUse whether a built machine needs it
 */
public record ImageSummary(String id, String kind, String description, long bytes, Instant lastUsed, boolean inUse) {}
