package org.nixlab.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

import org.nixlab.base.Threads;

import static java.util.Objects.requireNonNull;

/** What a scenario has watched in the background, each thing by a thread of its own. Safe for use by many threads. */
final class Watches {
    private final BiConsumer<String, Throwable> broken;
    private final List<Watching> all = new ArrayList<>(); // guarded by itself

    /** @param broken is told by the watching thread what no longer holds, and what was seen; once for each watch */
    Watches(BiConsumer<String, Throwable> broken) {
        this.broken = requireNonNull(broken, "broken");
    }

    Watch begin(String name, Duration every, Callable<?> look) {
        var watching = new Watching(name, every, look);
        synchronized (all) {
            all.add(watching);
        }
        watching.thread.start();
        return watching;
    }

    boolean isOwn(Thread thread) {
        synchronized (all) {
            return all.stream().anyMatch(watching -> watching.thread == thread);
        }
    }

    /** Ends all. @param look whether each looks once more */
    void end(boolean look) {
        List<Watching> rest;
        synchronized (all) {
            rest = List.copyOf(all);
        }
        rest.forEach(watching -> watching.end(look));
    }

    private final class Watching implements Watch {
        private final String name;
        private final Duration every;
        private final Callable<?> look;
        private final Thread thread;
        private boolean over; // guarded by this
        private boolean told; // guarded by this

        Watching(String name, Duration every, Callable<?> look) {
            this.name = requireNonNull(name, "name");
            this.every = requireNonNull(every, "every");
            this.look = requireNonNull(look, "look");
            this.thread = Threads.unstarted("watch", this::watch);
        }

        private void watch() {
            while (holds()) {
                synchronized (this) {
                    try {
                        if (!over) {
                            wait(Math.max(1, every.toMillis()));
                        }
                    } catch (InterruptedException e) {
                        return;
                    }
                    if (over) {
                        return;
                    }
                }
            }
        }

        private boolean holds() {
            try {
                look.call();
                return true;
            } catch (Exception | AssertionError e) {
                tell(e);
                return false;
            }
        }

        private void tell(Throwable seen) {
            synchronized (this) {
                // Of a look that was interrupted at the end nobody wants to know.
                if (told || over && Alarm.isInterrupt(seen)) {
                    return;
                }
                told = true;
            }
            broken.accept(name, seen);
        }

        @Override
        public void close() {
            end(false);
        }

        private void end(boolean once) {
            boolean last;
            synchronized (this) {
                last = once && !over && !told;
                over = true;
                notifyAll();
            }
            if (last) {
                holds();
            }
            if (!once) {
                thread.interrupt();
            }
        }
    }
}
