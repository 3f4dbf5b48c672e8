/**
 * QEMU's monitor protocol: commands with their replies, and events as types. Knows a socket and JSON, nothing of
 * machines.
 *
 * <p>Start with {@link org.nixlab.qmp.QmpClient}.
 */
package org.nixlab.qmp;
