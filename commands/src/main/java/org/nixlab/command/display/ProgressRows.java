package org.nixlab.command.display;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.nixlab.base.TimeText;
import org.nixlab.command.text.Columns;
import org.nixlab.command.text.Harmless;
import org.nixlab.machine.Phase;

/** The rows of a progress block. Confined to its owner's lock. */
final class ProgressRows {
    private static final int BAR = 20;
    private static final int TIME = 9;

    private final Style style;
    private final Map<String, MachineRow> machines = new TreeMap<>();
    private final Map<String, StepRow> steps = new LinkedHashMap<>();

    ProgressRows(Style style) {
        this.style = style;
    }

    void machine(String machine, Phase phase, String detail) {
        var row = machines.computeIfAbsent(machine, name -> new MachineRow());
        row.phase = phase;
        row.detail = Harmless.line(detail);
        row.ended = isLast(phase) ? System.nanoTime() : 0;
    }

    /** Returns whether a verb is done with a machine in this phase. */
    static boolean isLast(Phase phase) {
        return phase == Phase.READY || phase == Phase.STOPPED || phase == Phase.FAILED;
    }

    void step(String what, String detail, double fraction) {
        var key = Harmless.line(what);
        if (fraction >= 1) {
            steps.remove(key);
        } else {
            var row = steps.computeIfAbsent(key, name -> new StepRow());
            row.detail = Harmless.line(detail);
            row.fraction = fraction;
            row.now = "";
        }
    }

    void now(String what, String text) {
        var row = steps.get(Harmless.line(what));
        if (row != null) {
            row.now = Harmless.line(text);
        }
    }

    void endSteps() {
        steps.clear();
    }

    boolean isEmpty() {
        return machines.isEmpty() && steps.isEmpty();
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        int width = width();
        steps.forEach((what, row) -> lines.add(Columns.pad(what, width) + row.text()));
        machines.forEach((name, row) -> lines.add(Columns.pad(name, width) + row.text(style)));
        return lines;
    }

    private int width() {
        int longest = Stream.concat(machines.keySet().stream(), steps.keySet().stream())
                .mapToInt(Columns::of)
                .max()
                .orElse(0);
        return longest + 2;
    }

    /** Returns a phase in the colour of how good it is. */
    static String paint(Phase phase, String text, Style style) {
        return switch (phase) {
            case READY -> style.good(text);
            case FAILED, PAUSED -> style.bad(text);
            case STOPPED -> style.dim(text);
            case BUILDING, STARTING, KERNEL, SYSTEMD, BACKDOOR, STOPPING -> style.busy(text);
        };
    }

    private static final class MachineRow {
        private final long since = System.nanoTime();
        private Phase phase = Phase.STOPPED;
        private String detail = "";
        private long ended;

        String text(Style style) {
            var time = Duration.ofNanos((ended == 0 ? System.nanoTime() : ended) - since);
            return paint(phase, Columns.pad(phase.word(), 10), style)
                    + Columns.pad(TimeText.format(time), TIME)
                    + detail;
        }
    }

    private static final class StepRow {
        private final long since = System.nanoTime();
        private String detail = "";
        private double fraction;
        private String now = "";

        String text() {
            var time = TimeText.format(Duration.ofNanos(System.nanoTime() - since));
            return bar() + Columns.pad(time, TIME) + detail + (detail.isEmpty() || now.isEmpty() ? "" : ": ") + now;
        }

        private String bar() {
            if (fraction < 0) {
                return "";
            }
            int full = (int) (fraction * BAR);
            return "█".repeat(full)
                    + "░".repeat(BAR - full)
                    + String.format(Locale.ROOT, " %3d%%  ", (int) (fraction * 100));
        }
    }
}
