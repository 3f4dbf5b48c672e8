/**
 * Copies into, out of and between machines, checked and put in place whole.
 *
 * <p>Start with {@link org.nixlab.guest.copy.GuestCopy}.
 */
package org.nixlab.guest.copy;
