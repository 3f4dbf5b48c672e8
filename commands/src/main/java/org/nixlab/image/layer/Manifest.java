package org.nixlab.image.layer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** What stands at every path of a root directory, precise enough to tell whether something has changed there. */
record Manifest(SortedMap<String, Stamp> stamps) {
    Manifest {
        stamps = Collections.unmodifiableSortedMap(stamps);
    }

    /**
     * What stands at a path.
     *
     * @param type {@code d} directory, {@code f} file, {@code l} symbolic link, {@code h} hard link, {@code o} other
     * @param mode permission bits
     * @param detail size and time of a file, target of a link
     */
    record Stamp(char type, int mode, long uid, long gid, String detail) {
        static Stamp of(TarArchiveEntry entry) {
            char type;
            String detail = "";
            if (entry.isDirectory()) {
                type = 'd';
            } else if (entry.isSymbolicLink()) {
                type = 'l';
                detail = entry.getLinkName();
            } else if (entry.isLink()) {
                type = 'h';
                detail = LayerTar.path(entry.getLinkName());
            } else if (LayerTar.isFile(entry)) {
                type = 'f';
                detail = entry.getSize() + " " + entry.getLastModifiedTime().toMillis() / 1000;
            } else {
                type = 'o';
            }
            return new Stamp(type, entry.getMode() & 07777, entry.getLongUserId(), entry.getLongGroupId(), detail);
        }

        boolean isDirectory() {
            return type == 'd';
        }

        private String line() {
            return type + " " + Integer.toOctalString(mode) + " " + uid + " " + gid + " " + detail;
        }

        private static Stamp parse(String line) {
            var fields = line.split(" ", 5);
            return new Stamp(
                    fields[0].charAt(0),
                    Integer.parseInt(fields[1], 8),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3]),
                    fields[4]);
        }
    }

    Optional<Stamp> at(String path) {
        return Optional.ofNullable(stamps.get(path));
    }

    /** Returns the directories alone. */
    Manifest directories() {
        var directories = new TreeMap<>(stamps);
        directories.values().removeIf(stamp -> !stamp.isDirectory());
        return new Manifest(directories);
    }

    void write(Path file) throws IOException {
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (var entry : stamps.entrySet()) {
                // A file name can hold anything but NUL.
                var line = entry.getValue().line() + "\0" + entry.getKey() + "\0";
                out.write(line.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    static Manifest read(Path file) throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            var fields = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\0");
            var stamps = new TreeMap<String, Stamp>();
            for (int i = 0; i + 1 < fields.length; i += 2) {
                stamps.put(fields[i + 1], Stamp.parse(fields[i]));
            }
            return new Manifest(stamps);
        }
    }
}
