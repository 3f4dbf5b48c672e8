/** The ways for the bytes of a copy: ports of their own, or a slot. */
package org.nixlab.guest.bulk;
