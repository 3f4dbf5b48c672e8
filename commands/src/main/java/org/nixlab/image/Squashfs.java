package org.nixlab.image;

import java.nio.file.Path;

import org.nixlab.base.Deadline;
import org.nixlab.process.HostCommand;

/** Turns tar archives into file system images. */
final class Squashfs {
    private Squashfs() {}

    /**
     * Makes an image. Nothing is compressed: an emulated processor unpacks slower than the host reads.
     *
     * @param tar is read, and left
     */
    static void make(String what, Path tar, Path image, Workspace workspace, Deadline deadline) {
        var command = HostCommand.of(
                "sh",
                "-c",
                "exec sqfstar -quiet -no-progress -noI -noId -noD -noF -noX -no-xattrs \"$1\" <\"$0\"",
                tar.toString(),
                image.toString());
        workspace.run(what, command, line -> {}, deadline);
    }
}
