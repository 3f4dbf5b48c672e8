/**
 * The ways from the host into a lab's machines: forwarded ports, backdoor links, ssh.
 *
 * <p>Start with {@link org.nixlab.lab.entrance.LabEntrances}.
 */
package org.nixlab.lab.entrance;
