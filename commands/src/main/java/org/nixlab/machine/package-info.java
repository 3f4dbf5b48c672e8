/**
 * One machine: starting it, finding it again, talking to it, waiting for it, stopping it, and its state on disk.
 *
 * <p>It composes {@code image}, {@code qmp} and {@code guest}, and hands out values that commands and scripts can show.
 * Start with {@link org.nixlab.machine.Vm}.
 */
package org.nixlab.machine;
