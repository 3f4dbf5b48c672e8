/**
 * Running scenarios, in whatever language they are written: their labs from the first look at their text to their end.
 *
 * <p>Start with {@link org.nixlab.shell.scenario.ScenarioRunner}.
 */
package org.nixlab.shell.scenario;
