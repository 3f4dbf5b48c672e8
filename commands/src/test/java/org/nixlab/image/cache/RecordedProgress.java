package org.nixlab.image.cache;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers which pieces a build worked on, and what it noted. */
public final class RecordedProgress implements BuildProgress {
    private final Set<String> pieces = new ConcurrentSkipListSet<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();

    @Override
    public void step(String what, String detail, double fraction) {
        pieces.add(what);
    }

    @Override
    public void note(String line) {
        notes.add(line);
    }

    /** Returns what the user was told, in order. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Returns the pieces since the last call. */
    public Set<String> take() {
        var taken = Set.copyOf(pieces);
        pieces.clear();
        return taken;
    }
}
