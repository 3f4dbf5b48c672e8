/** Two-way streams to ports of a machine and programs in it, many over one slot. */
package org.nixlab.guest.stream;
