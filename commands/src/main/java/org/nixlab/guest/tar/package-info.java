/** Archives as tar writes and reads them, byte for byte: names, holes, extended headers. */
package org.nixlab.guest.tar;
