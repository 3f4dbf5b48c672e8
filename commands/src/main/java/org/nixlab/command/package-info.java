/**
 * What a verb works with and comes to: the session's lab, the program it was typed into, its outcome.
 *
 * <p>It knows no sockets and no processes, and neither do its rooms: {@code verb} has the verbs, {@code display} what
 * prints, {@code text} what makes texts of values.
 */
package org.nixlab.command;
