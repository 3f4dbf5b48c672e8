package org.nixlab.command;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.nixlab.machine.Phase;

/** Tells how a long verb goes on where there is no terminal: one line when something has changed. */
final class LineProgress implements ProgressDisplay {
    private final Display display;
    private final long begin = System.nanoTime();
    private final Map<String, String> last = new HashMap<>(); // guarded by this

    LineProgress(Display display) {
        this.display = display;
    }

    @Override
    public synchronized void machine(String machine, Phase phase, String detail) {
        if (phase.word().equals(last.put("machine " + machine, phase.word()))) {
            return;
        }
        var time = ProgressRows.isLast(phase)
                ? " (" + TimeText.format(Duration.ofNanos(System.nanoTime() - begin)) + ")"
                : "";
        display.message(machine + ": " + phase.word() + time + (detail.isEmpty() ? "" : ": " + detail));
    }

    @Override
    public synchronized void step(String what, String detail, double fraction) {
        // Numbers in the detail count something up; they are no news.
        var news = detail.replaceAll("\\d+", "");
        if (!news.equals(last.put("step " + what, news)) && !detail.isEmpty()) {
            display.message(what + ": " + detail);
        }
    }

    @Override
    public void note(String line) {
        display.message(line);
    }

    @Override
    public void close() {
        // Lines need no end.
    }
}
