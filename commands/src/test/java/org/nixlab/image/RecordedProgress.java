package org.nixlab.image;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Remembers which pieces a build worked on. */
final class RecordedProgress implements BuildProgress {
    private final Set<String> pieces = new ConcurrentSkipListSet<>();

    @Override
    public void step(String what, String detail, double fraction) {
        pieces.add(what);
    }

    @Override
    public void note(String line) {}

    /** Returns the pieces since the last call. */
    Set<String> take() {
        var taken = Set.copyOf(pieces);
        pieces.clear();
        return taken;
    }
}
