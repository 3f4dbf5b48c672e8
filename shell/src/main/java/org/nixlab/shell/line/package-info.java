/**
 * Lines: where they come from, what each of them is, and its words.
 *
 * <p>Start with {@link org.nixlab.shell.line.LineRouter}; {@link org.nixlab.shell.line.VerbLine} is a line that has been read.
 */
package org.nixlab.shell.line;
