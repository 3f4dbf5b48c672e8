/**
 * What was built, kept by what it was built from: entries and their recipes, the room one is built in, and for whom it
 * is kept.
 *
 * <p>It knows nothing of what is in an entry. Start with {@link org.nixlab.image.cache.ImageCache}.
 */
package org.nixlab.image.cache;
