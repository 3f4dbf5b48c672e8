/**
 * What a machine shows and how it is typed at: text on its serial console, its virtual consoles, its screen, and windows.
 *
 * <p>Start with {@link org.nixlab.machine.screen.ScreenText}.
 */
package org.nixlab.machine.screen;
