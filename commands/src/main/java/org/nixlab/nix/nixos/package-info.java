/**
 * NixOS guests: network files evaluated and built with the user's own Nix and a nixpkgs tree, flakes among them.
 *
 * <p>Start with {@link org.nixlab.nix.nixos.NixosEvaluator} and {@link org.nixlab.nix.nixos.NixosBuilder}.
 */
package org.nixlab.nix.nixos;
