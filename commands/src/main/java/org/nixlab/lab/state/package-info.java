/**
 * What a lab keeps in its directory, and what it has loaded.
 *
 * <p>Start with {@link org.nixlab.lab.state.LabDirectory}.
 */
package org.nixlab.lab.state;
