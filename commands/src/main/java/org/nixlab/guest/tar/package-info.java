/**
 * Archives as tar writes and reads them, byte for byte: names, holes, extended headers.
 *
 * <p>Start with {@link org.nixlab.guest.tar.TarReader}.
 */
package org.nixlab.guest.tar;
