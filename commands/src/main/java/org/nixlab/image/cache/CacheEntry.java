package org.nixlab.image.cache;

import java.time.Instant;

/**
 * Something in the cache, as people see it.
 *
 * @param id its name, derived from what it was built from
 * @param kind {@code base}, {@code kernel}, {@code packages}, {@code disk} or {@code machine}
 * @param description what it holds, in a few words
 * @param bytes its size
 * @param lastUsed when a machine was last built with it
 * @param inUse whether a machine that somebody keeps needs it
 */
public record CacheEntry(String id, String kind, String description, long bytes, Instant lastUsed, boolean inUse) {}
