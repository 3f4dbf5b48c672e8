/**
 * The words of talking to a machine: request, what hears its output, result, sessions, quoting.
 *
 * <p>Start with {@link org.nixlab.talk.ExecRequest}.
 */
package org.nixlab.talk;
