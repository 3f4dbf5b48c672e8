/**
 * The segments machines are joined by: one user-space switch per VLAN.
 *
 * <p>It knows host programs, no machines. Start with {@link org.nixlab.net.VlanSwitch}.
 */
package org.nixlab.net;
