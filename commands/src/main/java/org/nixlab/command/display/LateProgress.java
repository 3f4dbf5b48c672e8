package org.nixlab.command.display;

import org.nixlab.machine.Phase;

import static java.util.Objects.requireNonNull;

/** Shows how something goes on that mostly has nothing to say: nothing is drawn, nor any thread started, before it does. */
public final class LateProgress implements ProgressDisplay {
    private final Display display;
    private ProgressDisplay shown; // guarded by this
    private boolean closed; // guarded by this

    public LateProgress(Display display) {
        this.display = requireNonNull(display, "display");
    }

    private synchronized ProgressDisplay shown() {
        if (shown == null || closed) {
            shown = closed ? new LineProgress(display) : ProgressDisplay.of(display);
        }
        return shown;
    }

    @Override
    public void machine(String machine, Phase phase, String detail) {
        shown().machine(machine, phase, detail);
    }

    @Override
    public void step(String what, String detail, double fraction) {
        shown().step(what, detail, fraction);
    }

    @Override
    public void now(String what, String text) {
        shown().now(what, text);
    }

    @Override
    public void note(String line) {
        shown().note(line);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (shown != null) {
            shown.close();
        }
    }
}
