/**
 * What Nix and its module system complain of, in words that help; versions of Nix differ in theirs.
 *
 * <p>Start with {@link org.nixlab.nix.complaint.NixTranslation}.
 */
package org.nixlab.nix.complaint;
