/**
 * What can be waited for in a guest, and why it has not come: units, ports, sockets, files, commands.
 *
 * <p>Start with {@link org.nixlab.machine.condition.GuestWait}. The conditions look through short commands over a
 * {@link org.nixlab.machine.Vm}, and ask for their explanation only when the time is over.
 */
package org.nixlab.machine.condition;
