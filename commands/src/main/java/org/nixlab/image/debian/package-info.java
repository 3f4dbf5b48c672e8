/**
 * Debian's packages, from a mirror to an assembled root directory.
 *
 * <p>{@link org.nixlab.image.debian.PackageIndex} knows what there is, {@link org.nixlab.image.debian.Mmdebstrap} puts
 * systems together; both use the host's own programs.
 */
package org.nixlab.image.debian;
