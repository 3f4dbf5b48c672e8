/**
 * A run of a scenario, whatever language it is written in: its steps, checks, watches and clean-ups, and what happens in it
 * as events that printers read.
 *
 * <p>Start with {@link org.nixlab.scenario.ScenarioRun}.
 */
package org.nixlab.scenario;
