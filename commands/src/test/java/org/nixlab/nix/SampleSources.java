package org.nixlab.nix;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Files an evaluation may have depended on, for tests outside of this package. */
public final class SampleSources {
    private SampleSources() {}

    /** Returns files as they are now. */
    public static Sources of(Path... files) {
        return Sources.of(List.of(files), List.of(), Instant.now().plusSeconds(1));
    }
}
