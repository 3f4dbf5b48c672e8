/**
 * What is loaded, and the guest systems that make machines of it.
 *
 * <p>Start with {@link org.nixlab.lab.system.GuestWorkshop}.
 */
package org.nixlab.lab.system;
