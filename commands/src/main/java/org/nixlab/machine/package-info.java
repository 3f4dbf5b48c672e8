/**
 * A machine as its users see it: what can be asked of it and waited for, its files, screen, console, journal and state.
 *
 * <p>Start with {@link org.nixlab.machine.Vm}. The one there is lies in {@code machine.qemu}, which {@code machine.host} and
 * {@code machine.start} serve.
 */
package org.nixlab.machine;
