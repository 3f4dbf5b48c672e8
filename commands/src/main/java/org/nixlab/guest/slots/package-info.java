/** Slots: framed ports with a resident program, one command at a time in each, more plugged in as needed. */
package org.nixlab.guest.slots;
