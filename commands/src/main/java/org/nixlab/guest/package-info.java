/**
 * Talking to a machine: commands, terminals and copying over the channels of the machine, and the classic backdoor.
 * Bytes only: it knows sockets, but neither QEMU nor the lab.
 *
 * <p>Start with {@link org.nixlab.guest.GuestShell}. The wire is described in {@code docs/protocols.md}.
 */
package org.nixlab.guest;
