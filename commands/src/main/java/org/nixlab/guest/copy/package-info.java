/** Copies into, out of and between machines, checked and put in place whole. */
package org.nixlab.guest.copy;
