/**
 * Network file in, {@code model} out: runs Nix's evaluator on nixlab's own expressions, reads its JSON, and turns its
 * complaints into messages.
 *
 * <p>The expressions themselves are resources of this package ({@code src/main/nix}). Nothing outside it knows Nix's
 * formats or Jackson. Start with {@link org.nixlab.nix.debian.NetworkEvaluator}.
 */
package org.nixlab.nix;
