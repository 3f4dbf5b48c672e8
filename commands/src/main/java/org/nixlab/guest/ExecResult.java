package org.nixlab.guest;

import java.time.Duration;

import org.nixlab.talk.Capture;

/**
 * A command that has ended.
 *
 * @param duration from the request to the answer, as seen by the host
 */
public record ExecResult(CommandExit exit, Capture out, Capture err, Duration duration) {
    public int exitCode() {
        return exit.status();
    }
}
