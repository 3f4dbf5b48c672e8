/**
 * The vocabulary every other package shares: failures, time and waiting. No I/O.
 *
 * <p>Start with {@link org.nixlab.base.LabException}.
 */
package org.nixlab.base;
