/**
 * What Tab offers. Reads names that are known already, never waits and never asks a guest.
 *
 * <p>Start with {@link org.nixlab.shell.completion.ShellCompleter}.
 */
package org.nixlab.shell.completion;
