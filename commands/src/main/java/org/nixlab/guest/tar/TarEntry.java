package org.nixlab.guest.tar;

import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One file of a tar stream. Names are {@linkplain RawName bytes}.
 *
 * @param name as the stream has it: not to be trusted
 * @param target of a symbolic link
 * @param mode the lower twelve bits
 * @param stored how many bytes follow in the stream
 * @param map of a sparse file; it is not among the bytes stored
 */
public record TarEntry(
        Kind kind, String name, String target, int mode, Instant modified, long stored, Optional<SparseMap> map) {
    public static final int MODE = 07777;

    /** What an entry is. */
    public enum Kind {
        FILE('0'),
        HARD_LINK('1'),
        LINK('2'),
        CHARACTER_DEVICE('3'),
        BLOCK_DEVICE('4'),
        DIRECTORY('5'),
        PIPE('6');

        private final char flag;

        Kind(char flag) {
            this.flag = flag;
        }

        char flag() {
            return flag;
        }
    }

    public TarEntry {
        requireNonNull(kind, "kind");
        requireNonNull(name, "name");
        requireNonNull(target, "target");
        requireNonNull(modified, "modified");
        requireNonNull(map, "map");
    }

    public static TarEntry directory(String name, int mode, Instant modified) {
        return new TarEntry(Kind.DIRECTORY, name, "", mode, modified, 0, Optional.empty());
    }

    public static TarEntry link(String name, String target, Instant modified) {
        return new TarEntry(Kind.LINK, name, target, 0777, modified, 0, Optional.empty());
    }

    public static TarEntry file(String name, int mode, Instant modified, SparseMap map) {
        return new TarEntry(
                Kind.FILE,
                name,
                "",
                mode,
                modified,
                map.stored(),
                Optional.of(map).filter(SparseMap::hasHoles));
    }

    /** Returns the bytes of the file, holes among them. */
    public long size() {
        return map.map(SparseMap::size).orElse(stored);
    }
}
