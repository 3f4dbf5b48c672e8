package org.nixlab.image.layer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes the tar archive of a layer. Directories above an entry are written first, with the attributes they have in the
 * layers below: the topmost layer's count.
 */
final class LayerWriter implements AutoCloseable {
    private static final Manifest.Stamp PLAIN = new Manifest.Stamp('d', 0755, 0, 0, "");
    private static final String CAPABILITY = "SCHILY.xattr.security.capability";
    private static final int SETUID = 04000;

    private final TarArchiveOutputStream out;
    private final Manifest below;
    private final Set<String> written = new HashSet<>();
    private final SortedSet<String> leaves = new TreeSet<>();

    LayerWriter(Path tar, Manifest below) throws IOException {
        this.out = new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(tar), 1 << 18), "UTF-8");
        out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        this.below = below;
    }

    boolean has(String path) {
        return written.contains(path);
    }

    /** Returns the paths of everything but directories, sorted. */
    SortedSet<String> leaves() {
        return Collections.unmodifiableSortedSet(leaves);
    }

    void directory(String path, int mode, long uid, long gid) throws IOException {
        if (written.contains(path)) {
            return;
        }
        parents(path);
        put(entry(path + "/", mode, uid, gid), path);
        out.closeArchiveEntry();
    }

    void file(String path, int mode, long uid, long gid, String text) throws IOException {
        file(path, mode, uid, gid, text.getBytes(StandardCharsets.UTF_8));
    }

    void file(String path, int mode, long uid, long gid, byte[] content) throws IOException {
        parents(path);
        var entry = entry(path, mode, uid, gid);
        entry.setSize(content.length);
        put(entry, path);
        out.write(content);
        out.closeArchiveEntry();
    }

    void link(String path, String target) throws IOException {
        parents(path);
        var entry = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        entry.setMode(0777);
        entry.setModTime(FileTime.fromMillis(1000));
        put(entry, path);
        out.closeArchiveEntry();
    }

    /** Hides what the layers below have at a path: a character device 0, 0 in overlayfs. */
    void whiteout(String path) throws IOException {
        parents(path);
        var entry = new TarArchiveEntry(path, TarConstants.LF_CHR);
        entry.setDevMajor(0);
        entry.setDevMinor(0);
        entry.setModTime(FileTime.fromMillis(1000));
        put(entry, path);
        out.closeArchiveEntry();
    }

    /** Writes an entry of another archive. */
    void copy(String path, TarArchiveEntry from, InputStream content) throws IOException {
        if (written.contains(path)) {
            return;
        }
        parents(path);
        var entry = new TarArchiveEntry(from.isDirectory() ? path + "/" : path, from.getLinkFlag());
        entry.setMode(from.getMode() & 07777);
        entry.setUserId(from.getLongUserId());
        entry.setGroupId(from.getLongGroupId());
        entry.setModTime(from.getLastModifiedTime());
        if (from.isLink()) {
            entry.setLinkName(LayerTar.path(from.getLinkName()));
        } else if (from.isSymbolicLink()) {
            entry.setLinkName(from.getLinkName());
        } else if (LayerTar.isFile(from)) {
            entry.setSize(from.getSize());
            if (from.getExtraPaxHeaders().containsKey(CAPABILITY)) {
                // Capabilities of files made in a user namespace mean nothing elsewhere: the older way serves.
                entry.setMode(entry.getMode() | SETUID);
            }
        }
        put(entry, path);
        if (LayerTar.isFile(from)) {
            content.transferTo(out);
        }
        out.closeArchiveEntry();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void parents(String path) throws IOException {
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            return;
        }
        var parent = path.substring(0, slash);
        if (!written.contains(parent)) {
            var attributes =
                    below.at(parent).filter(Manifest.Stamp::isDirectory).orElse(PLAIN);
            directory(parent, attributes.mode(), attributes.uid(), attributes.gid());
        }
    }

    private void put(TarArchiveEntry entry, String path) throws IOException {
        written.add(path);
        if (!entry.isDirectory()) {
            leaves.add(path);
        }
        out.putArchiveEntry(entry);
    }

    private static TarArchiveEntry entry(String name, int mode, long uid, long gid) {
        var entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        entry.setUserId(uid);
        entry.setGroupId(gid);
        entry.setModTime(FileTime.fromMillis(1000));
        return entry;
    }
}
