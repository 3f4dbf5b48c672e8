/**
 * The vocabulary every other package shares: failures, time, waiting and threads.
 *
 * <p>Start with {@link org.nixlab.base.LabException}.
 */
package org.nixlab.base;
