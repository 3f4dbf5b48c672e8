/**
 * The process of a lab that lets programs of the host into its machines: forwarded ports, backdoor sockets, ssh.
 *
 * <p>It is a program of its own, as it outlives nixlab, and knows machines by their directories only. Start with {@link
 * org.nixlab.relay.LabRelay}.
 */
package org.nixlab.relay;
