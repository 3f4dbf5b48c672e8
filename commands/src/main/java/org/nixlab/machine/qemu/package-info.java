/**
 * A machine in a QEMU: the ways into its guest from boot to boot, its monitor, its end.
 *
 * <p>Start with {@link org.nixlab.machine.qemu.QemuVm}.
 */
package org.nixlab.machine.qemu;
