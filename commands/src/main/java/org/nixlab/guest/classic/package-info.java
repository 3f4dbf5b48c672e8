/**
 * The classic backdoor of NixOS: one root shell on a console, one command at a time.
 *
 * <p>Start with {@link org.nixlab.guest.classic.Backdoor}.
 */
package org.nixlab.guest.classic;
