/**
 * The verbs as users type them: one small picocli class each, and the options that several have.
 *
 * <p>A command turns its options into one call on a {@link org.nixlab.lab.Lab} or a
 * {@link org.nixlab.machine.Vm} and prints the value that comes back.
 * Start with {@link org.nixlab.command.verb.Verb} and {@link org.nixlab.command.verb.Verbs}.
 */
package org.nixlab.command.verb;
