package org.nixlab.image;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.nixlab.base.Deadline;
import org.nixlab.image.cache.ImageCache;
import org.nixlab.image.cache.RecordedProgress;
import org.nixlab.image.debian.HostMirror;
import org.nixlab.image.debian.PackageIndex;
import org.nixlab.model.Machine;

/** Builds real machines in the user's own cache, as nixlab does. */
final class RealImages {
    static final Duration LIMIT = Duration.ofMinutes(15);

    final ImageCache cache = new ImageCache(ImageCache.defaultRoot(System.getenv()));
    final RecordedProgress progress = new RecordedProgress();

    BuiltMachine build(Machine machine) {
        var deadline = Deadline.in(LIMIT);
        var mirror = new HostMirror(Path.of("/etc/apt"), Path.of("/var/lib/apt/lists")).find(deadline);
        var index = new PackageIndex(cache, mirror, progress);
        return new MachineBuilder(cache, mirror, index, List.of(), System.getenv("PATH"), progress)
                .build(machine, deadline);
    }
}
