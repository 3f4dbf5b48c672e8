/**
 * The read-only layers of a machine: what of a root directory goes into its base, its packages and its configuration.
 *
 * <p>Start with {@link org.nixlab.image.layer.BaseLayer}; the others stand on it.
 */
package org.nixlab.image.layer;
