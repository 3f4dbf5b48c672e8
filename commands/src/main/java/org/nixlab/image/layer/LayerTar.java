package org.nixlab.image.layer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads the tar archive of a root directory. Paths have no leading {@code ./} and no slash at their end. */
final class LayerTar {
    private static final int BUFFER = 1 << 18;

    private LayerTar() {}

    /** Is told every entry in order; may read the entry's content while it is told. */
    interface Visitor {
        void visit(String path, TarArchiveEntry entry, InputStream content) throws IOException;
    }

    static void read(Path tar, Visitor visitor) throws IOException {
        try (var in = new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(tar), BUFFER), "UTF-8")) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                var path = path(entry.getName());
                if (!path.isEmpty()) {
                    visitor.visit(path, entry, in);
                }
            }
        }
    }

    static Manifest manifest(Path tar) throws IOException {
        var stamps = new TreeMap<String, Manifest.Stamp>();
        read(tar, (path, entry, content) -> stamps.put(path, Manifest.Stamp.of(entry)));
        return new Manifest(stamps);
    }

    /** The library takes devices for files, too. */
    static boolean isFile(TarArchiveEntry entry) {
        return entry.isFile()
                && !entry.isLink()
                && !entry.isSymbolicLink()
                && !entry.isCharacterDevice()
                && !entry.isBlockDevice()
                && !entry.isFIFO();
    }

    static String path(String name) {
        var path = name.replaceFirst("^(\\./|/)+", "").replaceFirst("/+$", "");
        return path.equals(".") ? "" : path;
    }
}
