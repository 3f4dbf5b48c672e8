/**
 * The interactive front: the program's options, the loop of reading, routing and running lines, and how errors are shown.
 *
 * <p>{@link org.nixlab.shell.Main} puts everything together; read {@code Program} and {@code LineRunner} first. Classes
 * of Groovy are loaded only when the first Groovy line is near, those of a verb only when it is used.
 */
package org.nixlab.shell;
