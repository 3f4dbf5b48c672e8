/** What a machine has on the host: its directory, its QEMU's process and console, and why it stands still. */
package org.nixlab.machine.host;
