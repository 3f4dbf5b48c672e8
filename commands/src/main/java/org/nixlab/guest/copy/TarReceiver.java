package org.nixlab.guest.copy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.nixlab.guest.bulk.CopyChecksum;
import org.nixlab.guest.channel.FileChecksum;
import org.nixlab.guest.copy.CopyNotes.Reason;
import org.nixlab.guest.tar.RawName;
import org.nixlab.guest.tar.SparseMap;
import org.nixlab.guest.tar.TarEntry;
import org.nixlab.guest.tar.TarReader;
import org.nixlab.talk.CopyProgress;

/**
 * Unpacks a tar stream from a guest into an empty directory of the host that nobody else writes to. The guest is not
 * trusted: it makes exactly the tree that was asked for, of files, directories and links, and nothing is made through a
 * link. Modes are those of the guest as far as the umask allows, without setuid and setgid. Used by one thread.
 */
final class TarReceiver {
    private static final int BLOCK = 64 * 1024;
    private static final int PERMISSIONS = 0777;
    private static final int STICKY = 01000;
    private static final OpenOption[] NEW = {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
    private static final OpenOption[] AGAIN = {StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE};

    private final HostStage stage;
    private final CopyPlan plan;
    private final CopyProgress progress;
    private final Map<String, String> sums = new LinkedHashMap<>();
    private final Deque<Unfinished> unfinished = new ArrayDeque<>(); // the innermost first
    private final List<Unfinished> left = new ArrayList<>(); // those in a directory before it
    private long total;
    private long bytes;

    /** A directory that more may come into. */
    private record Unfinished(Path path, TarEntry entry) {}

    /** @param total how many bytes will come, or -1 */
    TarReceiver(HostStage stage, CopyPlan plan, CopyProgress progress, long total) {
        this.stage = stage;
        this.plan = plan;
        this.progress = progress;
        this.total = total;
    }

    /** Unpacks a tree. Returns the names of its files with their checksums. */
    Map<String, String> receive(InputStream stream, CopyChecksum checksum) throws IOException {
        var tar = new TarReader(stream);
        for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
            var name = plan.inside(entry.get().name());
            try {
                unpack(name, entry.get(), tar, checksum);
            } catch (FileSystemException e) {
                throw new IOException(plan.shown(name) + ": " + reason(e), e);
            }
        }
        leave(Optional.empty());
        if (!Files.exists(stage.tree().resolve(plan.stage()), LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("the machine sent nothing");
        }
        return Map.copyOf(sums);
    }

    private static String reason(FileSystemException failure) {
        if (failure instanceof FileAlreadyExistsException) {
            return "it came twice";
        }
        return failure instanceof AccessDeniedException ? "permission denied" : failure.getReason();
    }

    /** Takes what some of the files that came are by now. Returns those that it came for. */
    Map<String, String> receiveAgain(InputStream stream, CopyChecksum checksum) throws IOException {
        var came = new HashMap<String, String>();
        var tar = new TarReader(stream);
        for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
            var name = plan.inside(entry.get().name());
            if (!sums.containsKey(name)) {
                throw new IOException("the machine sent what was not asked for: " + plan.shown(name));
            }
            if (entry.get().kind() == TarEntry.Kind.FILE) {
                var path = stage.tree().resolve(RawName.path(name));
                Files.setAttribute(path, "unix:mode", 0600);
                unpackFile(name, path, entry.get(), tar, checksum.start(), AGAIN);
                came.put(name, sums.get(name));
            }
        }
        return came;
    }

    /** Gives directories their modes and times: nothing more comes. */
    void finish() throws IOException {
        for (var directory : left) {
            finish(directory.path(), directory.entry(), directory.entry().mode() & (PERMISSIONS | STICKY));
        }
    }

    CopyResult result() {
        return new CopyResult(sums.size(), bytes);
    }

    private void unpack(String name, TarEntry entry, TarReader tar, CopyChecksum checksum) throws IOException {
        var path = stage.tree().resolve(RawName.path(name));
        leave(Optional.of(path));
        // The innermost directory that is not left is this one's, or something is to be made through a link or a file.
        var parent = unfinished.isEmpty() ? stage.tree() : unfinished.peek().path();
        if (!path.getParent().equals(parent)) {
            throw new IOException("the machine sent a file in no directory: " + plan.shown(name));
        }
        switch (entry.kind()) {
            case DIRECTORY -> {
                Files.createDirectory(path);
                Files.setAttribute(path, "unix:mode", 0700);
                unfinished.push(new Unfinished(path, entry));
            }
            case LINK -> {
                plan.requireNoTopLink(name, entry);
                Files.createSymbolicLink(path, RawName.path(entry.target()));
                setTime(path, entry);
            }
            case FILE -> {
                total = total < 0 && name.equals(plan.stage()) ? entry.size() : total;
                unpackFile(name, path, entry, tar, checksum.start(), NEW);
            }
            case HARD_LINK -> throw new IOException("the machine sent a hard link: " + plan.shown(name));
            default -> plan.notes().add(Reason.SPECIAL, plan.shown(name));
        }
    }

    // Their modes come last, since they may keep out what comes a second time.
    private void leave(Optional<Path> next) throws IOException {
        while (!unfinished.isEmpty()
                && next.filter(path -> path.startsWith(unfinished.peek().path()))
                        .isEmpty()) {
            left.add(unfinished.pop());
        }
    }

    private void unpackFile(String name, Path path, TarEntry entry, TarReader tar, FileChecksum sum, OpenOption[] how)
            throws IOException {
        var map = entry.map().orElseGet(() -> SparseMap.whole(entry.size()));
        var buffer = new byte[BLOCK];
        long end = 0;
        try (var file = Files.newByteChannel(path, how)) {
            for (var part : map.parts()) {
                addZeros(sum, part.offset() - end);
                end = part.offset();
                while (end < part.end()) {
                    var count = tar.read(buffer, (int) Math.min(BLOCK, part.end() - end));
                    writeAll(file, end, buffer, count);
                    sum.update(buffer, count);
                    end += count;
                    progress(count);
                }
            }
            if (end < map.size()) {
                // First, so that a file the host cannot have costs no time.
                writeAll(file, map.size() - 1, new byte[1], 1);
                addZeros(sum, map.size() - end);
            }
        }
        sums.put(name, sum.line());
        finish(path, entry, entry.mode() & PERMISSIONS);
    }

    private void addZeros(FileChecksum sum, long count) {
        FileChecksum.addZeros(sum, count, this::progress);
    }

    private void progress(long count) {
        bytes += count;
        progress.copied(bytes, total);
    }

    private static void writeAll(SeekableByteChannel file, long position, byte[] data, int count) throws IOException {
        file.position(position);
        for (var bytes = ByteBuffer.wrap(data, 0, count); bytes.hasRemaining(); ) {
            file.write(bytes);
        }
    }

    private void finish(Path path, TarEntry entry, int mode) throws IOException {
        // Java opens it to set its time, which its mode may forbid.
        setTime(path, entry);
        Files.setAttribute(path, "unix:mode", mode & ~stage.umask());
    }

    private static void setTime(Path path, TarEntry entry) throws IOException {
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.from(entry.modified()), null, null);
    }
}
