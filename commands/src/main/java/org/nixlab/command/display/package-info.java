/**
 * Where what a verb has to show goes: results and messages, lists, progress, and what guests print as it comes.
 *
 * <p>{@link org.nixlab.command.display.Display} has the streams; all others print to one.
 */
package org.nixlab.command.display;
