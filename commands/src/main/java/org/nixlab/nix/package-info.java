/**
 * Network file in, {@code model} out: nixlab's own expressions, and what their evaluation by Nix has in common for all
 * guest systems. Rooms for the guest systems stand above it, the plan and the complaints of Nix below.
 *
 * <p>The expressions themselves are resources of this package ({@code src/main/nix}). Nothing outside it and its rooms
 * knows Nix's formats or Jackson. Start with {@link org.nixlab.nix.Evaluation}.
 */
package org.nixlab.nix;
