package org.nixlab.shell.script;

import java.time.Duration;
import java.util.Locale;

import org.nixlab.base.TimeText;
import org.nixlab.command.display.Display;

/** Counts the named parts of a scenario and tells how each ended. Confined to the script's thread. */
final class Subtests {
    private final Display display;
    private int passed;
    private int failed;

    Subtests(Display display) {
        this.display = display;
    }

    void run(String name, Runnable body) {
        long begin = System.nanoTime();
        boolean ok = false;
        try {
            body.run();
            ok = true;
        } finally {
            var time = TimeText.format(Duration.ofNanos(System.nanoTime() - begin));
            var style = display.out().style();
            passed += ok ? 1 : 0;
            failed += ok ? 0 : 1;
            display.result((ok ? style.good("✓ ") : style.bad("✗ ")) + name + style.dim(" (" + time + ")"));
        }
    }

    String summary(boolean ok, Duration time) {
        var parts = passed + failed == 0
                ? ""
                : ok
                        ? String.format(Locale.ROOT, ", %d of %d subtests", passed, passed + failed)
                        : " after " + passed + " passed " + (passed == 1 ? "subtest" : "subtests");
        return (ok ? "passed" : "failed") + parts + ", " + TimeText.format(time);
    }
}
