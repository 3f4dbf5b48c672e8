/**
 * Programs of the host: an immutable description, a running process, a result, and leases by which processes keep out of
 * each other's way.
 *
 * <p>It knows nothing of what the programs do. Start with {@link org.nixlab.process.HostCommand}.
 */
package org.nixlab.process;
