/**
 * A machine in its network: its cards, plugged and unplugged, and what it reaches from inside.
 *
 * <p>Start with {@link org.nixlab.machine.network.NetworkCards}.
 */
package org.nixlab.machine.network;
