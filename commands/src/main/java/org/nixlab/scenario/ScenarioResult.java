package org.nixlab.scenario;

import java.time.Duration;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param passed how many steps passed
 * @param failed how many did not
 * @param failure what the whole run fails with, if it does
 * @param took how long it took
 */
public record ScenarioResult(int passed, int failed, Optional<RuntimeException> failure, Duration took) {}
