/**
 * The ways for the bytes of a copy: ports of their own, or a slot.
 *
 * <p>Start with {@link org.nixlab.guest.bulk.CopyPath}.
 */
package org.nixlab.guest.bulk;
