/**
 * Slots: framed ports with a resident program, one command at a time in each, more plugged in as needed.
 *
 * <p>Start with {@link org.nixlab.guest.slots.SlotPool}.
 */
package org.nixlab.guest.slots;
