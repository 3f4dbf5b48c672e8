/**
 * How QEMU is started: acceleration, words of start scripts, the sizes of disks.
 *
 * <p>Start with {@link org.nixlab.machine.start.ScriptWords}.
 */
package org.nixlab.machine.start;
