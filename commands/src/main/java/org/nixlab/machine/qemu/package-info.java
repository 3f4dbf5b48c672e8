/** A machine in a QEMU: the ways into its guest from boot to boot, its monitor, its end. */
package org.nixlab.machine.qemu;
