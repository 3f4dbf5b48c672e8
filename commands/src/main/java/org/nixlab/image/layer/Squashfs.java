package org.nixlab.image.layer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

import org.nixlab.base.Deadline;
import org.nixlab.image.cache.Workspace;
import org.nixlab.process.HostCommand;

/** Makes file system images. */
public final class Squashfs {
    private Squashfs() {}

    /**
     * Makes an image of a directory's files, in which everything is root's.
     *
     * @param target where they are in the image
     */
    public static void make(String what, Path source, String target, Path image, Workspace workspace, Deadline deadline)
            throws IOException {
        var tar = workspace.file("files.tar");
        try (var writer = new LayerWriter(tar, new Manifest(new TreeMap<>()));
                var files = Files.walk(source)) {
            for (var file : files.sorted().toList()) {
                if (Files.isRegularFile(file)) {
                    writer.file(target + "/" + source.relativize(file), 0644, 0, 0, Files.readAllBytes(file));
                }
            }
        }
        make(what, tar, image, workspace, deadline);
    }

    /**
     * Makes an image of a tar archive. Nothing is compressed: an emulated processor unpacks slower than the host reads.
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
        workspace.run(what, command, deadline);
    }
}
