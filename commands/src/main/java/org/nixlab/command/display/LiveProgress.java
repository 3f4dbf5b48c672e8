package org.nixlab.command.display;

import java.time.Duration;

import org.nixlab.base.Threads;
import org.nixlab.machine.Phase;

/** Shows on a terminal how a long verb goes on, as a block of one line per machine and per piece of work. */
final class LiveProgress implements ProgressDisplay {
    private static final Duration PERIOD = Duration.ofMillis(250);

    private final Duration period;
    private final Redraw redraw;
    private final ProgressRows rows;
    private final Thread ticker;
    private boolean closed; // guarded by this

    private LiveProgress(Display display, Duration period) {
        this.period = period;
        redraw = new Redraw(display, display.err());
        rows = new ProgressRows(display.err().style());
        ticker = Threads.unstarted("progress", this::tick);
    }

    static LiveProgress start(Display display) {
        return start(display, PERIOD);
    }

    /** @param period after which it is drawn again though nothing happened */
    static LiveProgress start(Display display, Duration period) {
        var progress = new LiveProgress(display, period);
        progress.ticker.start();
        return progress;
    }

    @Override
    public synchronized void machine(String machine, Phase phase, String detail) {
        rows.machine(machine, phase, detail);
        draw();
    }

    @Override
    public synchronized void step(String what, String detail, double fraction) {
        rows.step(what, detail, fraction);
    }

    @Override
    public synchronized void now(String what, String text) {
        rows.now(what, text);
    }

    @Override
    public synchronized void note(String line) {
        redraw.above(line, rows.lines());
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            rows.endSteps();
            draw();
        }
        ticker.interrupt();
    }

    private synchronized void draw() {
        redraw.draw(rows.lines());
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(period.toMillis());
                synchronized (this) {
                    if (closed) {
                        return;
                    }
                    if (!rows.isEmpty()) {
                        draw();
                    }
                }
            }
        } catch (InterruptedException e) {
            // Closed meanwhile; nobody waits for this thread.
        }
    }
}
