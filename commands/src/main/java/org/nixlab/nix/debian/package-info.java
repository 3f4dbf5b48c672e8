/**
 * Network files of Debian guests, evaluated in a store of nixlab's own, and the options such guests have.
 *
 * <p>Start with {@link org.nixlab.nix.debian.NetworkEvaluator}.
 */
package org.nixlab.nix.debian;
