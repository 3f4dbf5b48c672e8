package org.nixlab.lab;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

import org.nixlab.base.Deadline;
import org.nixlab.image.BuiltMachine;
import org.nixlab.image.NetworkResult;
import org.nixlab.image.cache.CacheEntry;
import org.nixlab.image.cache.ImageCache;
import org.nixlab.lab.system.Progress;

/** The image cache, as labs make use of it: results, and what is needed by whom. */
record LabImages(ImageCache cache) {
    /** Makes the directory that starts a network without nixlab. */
    Path result(
            List<BuiltMachine> machines,
            Collection<Integer> vlans,
            boolean useBackdoor,
            Progress progress,
            Deadline deadline) {
        return results(progress).make(machines, vlans, useBackdoor, deadline);
    }

    /** Makes or replaces a link to a result, which keeps that. */
    void link(Path link, Path result) {
        results(Progress.NONE).link(link, result);
    }

    private NetworkResult results(Progress progress) {
        return new NetworkResult(cache, progress);
    }

    /** Notes that machines are needed as long as {@code owner} exists. */
    void keep(Path owner, List<BuiltMachine> machines) {
        cache.keep(owner, machines.stream().map(BuiltMachine::id).toList());
    }

    /** Returns all layers, the most recently used first. */
    List<ImageSummary> list() {
        return cache.list().stream().map(LabImages::summary).toList();
    }

    /** Removes layers that no built machine uses, and returns them. */
    List<ImageSummary> prune(Deadline deadline) {
        return cache.prune(deadline).stream().map(LabImages::summary).toList();
    }

    private static ImageSummary summary(CacheEntry entry) {
        return new ImageSummary(
                entry.id(), entry.kind(), entry.description(), entry.bytes(), entry.lastUsed(), entry.inUse());
    }
}
