/**
 * The vocabulary every other package shares: failures, time, waiting, threads and locks. No other I/O.
 *
 * <p>Start with {@link org.nixlab.base.LabException}.
 */
package org.nixlab.base;
