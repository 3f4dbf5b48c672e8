package org.nixlab.image.cache;

import java.nio.file.Path;

import org.nixlab.base.LabException;

/**
 * Looks for room before a step that is known to need it. Programs behave badly when a disk fills up under them:
 * apt-get(8) may then wait for ever for one of its own.
 */
public final class DiskSpace {
    private DiskSpace() {}

    /**
     * Goes on if there is room.
     *
     * @param what what is to be made, as progress and failures call it
     * @param mebibytes what it takes at least
     * @throws LabException if a directory's file system has less
     */
    public static void require(String what, int mebibytes, Path... directories) {
        for (var directory : directories) {
            // Not by its FileStore, whose mount point cannot be found in a chroot.
            long free = directory.toFile().getUsableSpace() >> 20;
            if (free < mebibytes) {
                throw BuildFailure.diskFull(
                        what, directory + " has " + free + " MiB free, at least " + mebibytes + " MiB are needed");
            }
        }
    }
}
