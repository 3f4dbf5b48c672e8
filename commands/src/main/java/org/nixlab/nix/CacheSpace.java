package org.nixlab.nix;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import org.nixlab.base.LabException;

/** Whether there is room for what an evaluation writes. Without it Nix speaks of its database, and not of the disk. */
public final class CacheSpace {
    private static final long LEAST = 1 << 20;
    private static final Pattern FULL = Pattern.compile("No space left on device|database or disk is full");

    private CacheSpace() {}

    /**
     * Goes on if there is room.
     *
     * @throws LabException (host) if there is none
     */
    public static void require(Path cache) {
        var there = cache.toAbsolutePath();
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there.toFile().getUsableSpace() < LEAST) {
            throw full(cache);
        }
    }

    /**
     * Goes on if it was not for want of room that a program of Nix failed.
     *
     * @throws LabException (host) if it was
     */
    public static void requireAfter(String errors, Path cache) {
        if (FULL.matcher(errors).find()) {
            throw full(cache);
        }
        if (errors.contains("SQLite")) {
            // It calls a full disk an I/O error as well.
            require(cache);
        }
    }

    private static LabException full(Path cache) {
        return LabException.host(
                "the disk that nixlab's cache is on is full",
                cache.toString(),
                "free some space, for example with: nixlab images prune; or name another place in NIXLAB_CACHE");
    }
}
