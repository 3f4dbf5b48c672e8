/**
 * The plan that nixlab's expressions print, and what it mentions in the store below the cache, as a model.
 *
 * <p>Start with {@link org.nixlab.nix.plan.PlanReader}.
 */
package org.nixlab.nix.plan;
