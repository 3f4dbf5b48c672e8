package org.nixlab.talk;

import java.time.Duration;

/** Hears what a command prints, and says at its end what is left of it. */
public interface HeardOutput extends OutputSink {
    Output output();

    Output errorOutput();

    /** @param begin when it was sent, as {@link System#nanoTime()} says */
    default Result result(String machine, String command, int exitCode, long begin) {
        return new Result(
                machine, command, exitCode, output(), errorOutput(), Duration.ofNanos(System.nanoTime() - begin));
    }
}
