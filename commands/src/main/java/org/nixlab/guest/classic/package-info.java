/** The classic backdoor of NixOS: one root shell on a console, one command at a time. */
package org.nixlab.guest.classic;
