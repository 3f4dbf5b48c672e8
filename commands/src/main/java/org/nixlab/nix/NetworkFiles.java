package org.nixlab.nix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.nixlab.base.LabException;
import org.nixlab.model.NearNames;

/** Network files as users name them. */
public final class NetworkFiles {
    private NetworkFiles() {}

    /**
     * Returns the real path of a file.
     *
     * @throws LabException (usage) if there is none that can be read; it names what may have been meant
     */
    public static Path existing(Path networkFile) {
        try {
            var file = networkFile.toRealPath();
            if (Files.isDirectory(file)) {
                var inside = nixFiles(file);
                throw LabException.input(
                        networkFile + " is a directory, not a network file",
                        "",
                        inside.isEmpty()
                                ? "name a file with machines"
                                : "name a file in it: " + String.join(" ", inside));
            }
            if (!Files.isReadable(file)) {
                throw LabException.input(networkFile + " may not be read", "", "");
            }
            return file;
        } catch (IOException e) {
            var parent = networkFile.toAbsolutePath().getParent();
            var near = NearNames.of(networkFile.getFileName().toString(), nixFiles(parent));
            throw LabException.input(
                    networkFile + " does not exist",
                    "",
                    near.isEmpty() ? "" : "did you mean " + String.join(" or ", near) + "?");
        }
    }

    private static List<String> nixFiles(Path directory) {
        try (var list = Files.list(directory)) {
            return list.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".nix"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
