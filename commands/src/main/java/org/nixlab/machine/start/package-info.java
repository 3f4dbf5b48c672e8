/** How QEMU is started: acceleration, words of start scripts, the sizes of disks. */
package org.nixlab.machine.start;
