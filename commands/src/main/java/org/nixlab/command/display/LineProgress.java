package org.nixlab.command.display;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.nixlab.base.TimeText;
import org.nixlab.command.text.Harmless;
import org.nixlab.machine.Phase;

/** Tells how a long verb goes on where there is no terminal: one line when something has changed. */
final class LineProgress implements ProgressDisplay {
    private final Display display;
    private final long begin = System.nanoTime();
    private final Map<String, String> last = new HashMap<>(); // guarded by this
    private final Map<String, Work> works = new HashMap<>(); // guarded by this

    LineProgress(Display display) {
        this.display = display;
    }

    @Override
    public synchronized void machine(String machine, Phase phase, String detail) {
        if (phase.word().equals(last.put("machine " + machine, phase.word()))) {
            return;
        }
        var time = ProgressRows.isLast(phase) ? time(begin) : "";
        display.message(machine + ": " + phase.word() + time + (detail.isEmpty() ? "" : ": " + Harmless.line(detail)));
    }

    @Override
    public synchronized void step(String what, String detail, double fraction) {
        var work = works.computeIfAbsent(what, key -> new Work(System.nanoTime(), new HashSet<>()));
        boolean first = work.said().isEmpty();
        // Numbers in the detail count something up; they are no news, nor is what was said before.
        if (!detail.isEmpty() && work.said().add(detail.replaceAll("\\d+", ""))) {
            display.message(Harmless.line(what) + ": " + Harmless.line(detail)
                    + (fraction >= 1 && !first ? time(work.begin()) : ""));
        }
        if (fraction >= 1) {
            works.remove(what);
        }
    }

    private static String time(long begin) {
        return " (" + TimeText.format(Duration.ofNanos(System.nanoTime() - begin)) + ")";
    }

    /**
     * A piece of work.
     *
     * @param begin when it was first told of
     * @param said what was told of it, without numbers
     */
    private record Work(long begin, Set<String> said) {}

    @Override
    public void note(String line) {
        display.message(Harmless.text(line));
    }

    @Override
    public void close() {
        // Lines need no end.
    }
}
