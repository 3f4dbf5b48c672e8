/** The ways from the host into a lab's machines: forwarded ports, backdoor links, ssh. */
package org.nixlab.lab.entrance;
