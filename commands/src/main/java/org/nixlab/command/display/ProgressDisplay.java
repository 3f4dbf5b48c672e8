package org.nixlab.command.display;

import java.util.function.Function;

import org.nixlab.lab.system.Progress;

/** Shows how a long verb goes on until it is closed. */
public interface ProgressDisplay extends Progress, AutoCloseable {
    /** Returns a block that is redrawn where messages go to a terminal, else lines. */
    static ProgressDisplay of(Display display) {
        return display.err().cursor() ? LiveProgress.start(display) : new LineProgress(display);
    }

    /** Does the work with a display that is closed before the result is returned. */
    static <T> T during(Display display, Function<Progress, T> work) {
        try (var progress = of(display)) {
            return work.apply(progress);
        }
    }

    @Override
    void close();
}
