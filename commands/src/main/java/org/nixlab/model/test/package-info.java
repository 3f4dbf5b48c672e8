/**
 * Tests that network files hold beside their machines.
 *
 * <p>Start with {@link org.nixlab.model.test.TestScript}.
 */
package org.nixlab.model.test;
