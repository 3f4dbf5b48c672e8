/**
 * Two-way streams to ports of a machine and programs in it, many over one slot.
 *
 * <p>Start with {@link org.nixlab.guest.stream.StreamMultiplexer}.
 */
package org.nixlab.guest.stream;
