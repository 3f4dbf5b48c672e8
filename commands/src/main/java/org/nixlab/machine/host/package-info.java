/**
 * What a machine has on the host: its directory, its QEMU's process and console, and why it stands still.
 *
 * <p>Start with {@link org.nixlab.machine.host.VmProcess}.
 */
package org.nixlab.machine.host;
