/**
 * The verbs as users type them: one small picocli class each, and what they print through.
 *
 * <p>A command turns its options into one call on a {@link org.nixlab.lab.Lab} and prints the value that comes back. It
 * knows no sockets and no processes. Start with {@link org.nixlab.command.Verb} and {@link org.nixlab.command.Verbs}.
 */
package org.nixlab.command;
