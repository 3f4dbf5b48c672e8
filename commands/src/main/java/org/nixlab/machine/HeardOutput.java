package org.nixlab.machine;

import java.time.Duration;

import org.nixlab.talk.Output;
import org.nixlab.talk.Result;

/** Hears what a command prints, and says at its end what is left of it. */
interface HeardOutput extends org.nixlab.guest.OutputSink {
    Output output();

    Output errorOutput();

    /** Is told, by another thread, why the command takes long. */
    default void note(String line) {}

    /** @param begin when it was sent, as {@link System#nanoTime()} says */
    default Result result(String machine, String command, int exitCode, long begin) {
        return new Result(
                machine, command, exitCode, output(), errorOutput(), Duration.ofNanos(System.nanoTime() - begin));
    }
}
