package org.nixlab.command.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Threads;
import org.nixlab.lab.system.Progress;

import static java.util.Objects.requireNonNull;

/** Checks network files, two at a time; one that fails, with a bug even, does not keep the others from being checked. */
final class FileChecks {
    /** Nix evaluates on one processor, and may need a gigabyte for it. */
    private static final int AT_ONCE = 2;

    private static final String WORK = "check";

    private final List<String> files;
    private final Function<String, FileCheck> check;
    private final Progress progress;
    private final TreeMap<Integer, FileCheck> found = new TreeMap<>(); // guarded by this
    private final List<RuntimeException> failures = new ArrayList<>(); // guarded by this
    private int begun; // guarded by this
    private boolean isOver; // guarded by this

    /** @param check called by several threads */
    FileChecks(List<String> files, Function<String, FileCheck> check, Progress progress) {
        this.files = List.copyOf(files);
        this.check = requireNonNull(check, "check");
        this.progress = requireNonNull(progress, "progress");
    }

    /** Returns whether all were checked, and not only some, as this thread was interrupted; it no longer is then. */
    boolean run() {
        var threads = IntStream.range(0, Math.min(AT_ONCE, files.size()))
                .mapToObj(number -> Threads.start(WORK + "-" + number, this::work))
                .toList();
        try {
            for (var thread : threads) {
                thread.join();
            }
            return true;
        } catch (InterruptedException e) {
            end(threads);
            return false;
        }
    }

    /** Returns what was found, in the order of the files. */
    synchronized List<FileCheck> found() {
        return List.copyOf(found.values());
    }

    /**
     * Goes on if each that was checked came to something.
     *
     * @throws RuntimeException the first that a check failed with; that is a bug
     */
    synchronized void requireNoFailure() {
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    private void end(List<Thread> threads) {
        synchronized (this) {
            isOver = true;
        }
        threads.forEach(Thread::interrupt);
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            // Who asks twice does not want to wait; the threads are daemons.
        }
    }

    private void work() {
        for (int next = begin(); next < files.size(); next = begin()) {
            try {
                put(next, check.apply(files.get(next)));
            } catch (CancelledException e) {
                return;
            } catch (RuntimeException e) {
                put(e);
            }
        }
    }

    private synchronized int begin() {
        if (isOver || begun == files.size()) {
            return files.size();
        }
        progress.step(WORK, "", (double) found.size() / files.size());
        progress.now(WORK, (begun + 1) + " of " + files.size() + ": " + files.get(begun));
        return begun++;
    }

    private synchronized void put(int number, FileCheck result) {
        found.put(number, result);
    }

    private synchronized void put(RuntimeException failure) {
        failures.add(failure);
    }
}
