package org.nixlab.guest.copy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongConsumer;

import org.nixlab.guest.bulk.CopyPath;
import org.nixlab.guest.channel.FileChecksum;
import org.nixlab.guest.copy.CopyNotes.Reason;
import org.nixlab.guest.tar.RawName;
import org.nixlab.guest.tar.SparseMap;
import org.nixlab.guest.tar.TarEntry;
import org.nixlab.guest.tar.TarWriter;
import org.nixlab.process.Lease;

/**
 * Writes a file or directory of the host as a tar stream, under another name. If the path has no other way for them, a file
 * of that name with {@code .sums} follows: the sorted checksums of all its files. Files may change, come and go meanwhile:
 * what was sent is what the checksums are of. The directories in which labs keep their disks are left out.
 */
final class TarSender {
    private static final int BLOCK = 64 * 1024;

    /** Of a file that does not say how long it is, as those of {@code /proc}. */
    private static final int LONGEST_UNSIZED = 64 << 20;

    private static final String LAB_STATE = ".nixlab";

    private final String name;
    private final CopyPath path;
    private final CopyNotes notes;
    private final LongConsumer progress;
    private final List<String> sums = new ArrayList<>();
    private long bytes;

    /** @param progress is told how many bytes of files have been sent */
    TarSender(String name, CopyPath path, CopyNotes notes, LongConsumer progress) {
        this.name = name;
        this.path = path;
        this.notes = notes;
        this.progress = progress;
    }

    CopyResult send(Path source, OutputStream stream) throws IOException {
        try (var tar = new TarWriter(stream)) {
            Files.walkFileTree(source, new Visitor(source, tar));
            if (path.takesInput()) {
                sendSums(tar);
            }
        }
        return new CopyResult(sums.size(), bytes);
    }

    /** Returns the checksums of the files, sorted. */
    List<String> sums() {
        Collections.sort(sums);
        return List.copyOf(sums);
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path source;
        private final int prefix;
        private final TarWriter tar;
        private final KernelFiles kernel = new KernelFiles();
        private final boolean kernels; // the whole tree is the kernel's

        Visitor(Path source, TarWriter tar) throws IOException {
            this.source = source;
            this.prefix = RawName.of(source).length();
            this.tar = tar;
            this.kernels = kernel.has(source);
        }

        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
            if (!path.equals(source) && isStateOfLabs(path.getFileName().toString())) {
                notes.add(Reason.LAB, path.toString());
                return FileVisitResult.SKIP_SUBTREE;
            }
            try {
                if (!kernels && kernel.has(path)) {
                    notes.add(Reason.KERNEL, path.toString());
                    return FileVisitResult.SKIP_SUBTREE;
                }
                tar.begin(TarEntry.directory(name(path), mode(path), modified(attributes)));
                return FileVisitResult.CONTINUE;
            } catch (Unreadable e) {
                visitFileFailed(path, e.getCause());
                return FileVisitResult.SKIP_SUBTREE;
            }
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
            try {
                if (path.getFileName().toString().equals(LAB_STATE) && !path.equals(source)) {
                    // A lab in a flake has a link of that name.
                    notes.add(Reason.LAB, path.toString());
                } else if (attributes.isSymbolicLink()) {
                    var target = RawName.ofTarget(Files.readSymbolicLink(path));
                    tar.begin(TarEntry.link(name(path), target, modified(attributes)));
                } else if (!attributes.isRegularFile()) {
                    notes.add(Reason.SPECIAL, path.toString());
                } else if (kernels && KernelFiles.isEndless(path)) {
                    leaveOut(path, Reason.MUTE);
                } else if (isHeld(path)) {
                    leaveOut(path, Reason.HELD);
                } else {
                    sendFile(path, name(path), attributes, kernels, tar);
                }
                return FileVisitResult.CONTINUE;
            } catch (Unreadable e) {
                return visitFileFailed(path, e.getCause());
            }
        }

        private void leaveOut(Path path, Reason reason) throws IOException {
            if (path.equals(source)) {
                throw new IOException(path + " is not for copies");
            }
            notes.add(reason, path.toString());
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
            if (path.equals(source)) {
                throw failure;
            }
            var reason = kernels ? Reason.MUTE : Reason.UNREAD;
            notes.add(failure instanceof NoSuchFileException ? Reason.GONE : reason, path.toString());
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path path, IOException failure) throws IOException {
            return failure == null ? FileVisitResult.CONTINUE : visitFileFailed(path, failure);
        }

        private String name(Path path) {
            return name + RawName.of(path).substring(prefix);
        }
    }

    /** Returns whether a file of the tree, by its path in it, is not sent because a lab keeps it. */
    static boolean isLeftOut(Path inside) {
        for (var name : inside) {
            if (isStateOfLabs(name.toString())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isStateOfLabs(String name) {
        return name.equals(LAB_STATE) || name.startsWith(HostStage.PREFIX);
    }

    /** The host's file cannot be read; nothing of it has been sent. */
    private static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1L;

        Unreadable(IOException cause) {
            super(cause);
        }

        @Override
        public synchronized IOException getCause() {
            return (IOException) super.getCause();
        }
    }

    private void sendFile(Path path, String name, BasicFileAttributes attributes, boolean kernels, TarWriter tar)
            throws IOException {
        // The kernel's files say zero, or a page, or all that an address can reach.
        long size = kernels ? 0 : attributes.size();
        var modified = modified(attributes);
        var sum = this.path.checksum().start();
        if (size <= BLOCK) {
            // Read before its size is said, which it need not have.
            var content = content(path, size);
            tar.begin(TarEntry.file(name, mode(path), modified, SparseMap.whole(content.length)));
            tar.write(content, 0, content.length);
            sum.update(content, content.length);
            progress(content.length);
        } else {
            try (var file = open(path)) {
                var map = map(file, size);
                tar.begin(TarEntry.file(name, mode(path), modified, map));
                sendContent(path, file, map, sum, tar);
            }
        }
        sums.add(sum.line());
        // What has no size of its own has no time of its own either.
        if (size > 0 && changed(path, attributes)) {
            notes.add(Reason.CHANGED, path.toString());
        }
    }

    private static boolean isHeld(Path path) throws IOException {
        try {
            return Lease.isHeld(path);
        } catch (IOException e) {
            throw new Unreadable(e);
        }
    }

    // Through a channel, since an interrupt ends its reading, of files of the kernel, too.
    private static byte[] content(Path path, long size) throws IOException {
        try (var file = Channels.newInputStream(Files.newByteChannel(path))) {
            var content = file.readNBytes(size == 0 ? LONGEST_UNSIZED : (int) size);
            if (content.length == LONGEST_UNSIZED) {
                throw new IOException("it does not say how long it is");
            }
            return content;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static SeekableByteChannel open(Path path) throws IOException {
        try {
            return Files.newByteChannel(path);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static SparseMap map(SeekableByteChannel file, long size) throws IOException {
        try {
            return SparseMap.of(file, size);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    // The copy is over when its thread is interrupted: that is no fault of the file.
    private static IOException failed(IOException failure) {
        return failure instanceof ClosedByInterruptException ? failure : new Unreadable(failure);
    }

    private void sendContent(Path path, SeekableByteChannel file, SparseMap map, FileChecksum sum, TarWriter tar)
            throws IOException {
        var buffer = ByteBuffer.allocate(BLOCK);
        long at = 0;
        for (var part : map.parts()) {
            FileChecksum.addZeros(sum, part.offset() - at, this::progress);
            for (at = part.offset(); at < part.end(); at += buffer.position()) {
                buffer.clear().limit((int) Math.min(BLOCK, part.end() - at));
                fill(path, file.position(at), buffer);
                tar.write(buffer.array(), 0, buffer.position());
                sum.update(buffer.array(), buffer.position());
                progress(buffer.position());
            }
        }
        FileChecksum.addZeros(sum, map.size() - at, this::progress);
    }

    // The size that was announced must come; what is not there any more is zeros.
    private void fill(Path path, SeekableByteChannel file, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining() && file.read(buffer) >= 0) {}
        if (buffer.hasRemaining()) {
            notes.add(Reason.SHRANK, path.toString());
            buffer.put(new byte[buffer.remaining()]);
        }
    }

    private void progress(long count) {
        bytes += count;
        progress.accept(bytes);
    }

    private void sendSums(TarWriter tar) throws IOException {
        var text = new StringBuilder();
        sums().forEach(line -> text.append(line).append('\n'));
        var content = text.toString().getBytes(StandardCharsets.US_ASCII);
        tar.begin(TarEntry.file(name + ".sums", 0600, Instant.EPOCH, SparseMap.whole(content.length)));
        tar.write(content, 0, content.length);
    }

    private static boolean changed(Path path, BasicFileAttributes before) {
        try {
            var now = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return now.size() != before.size() || !now.lastModifiedTime().equals(before.lastModifiedTime());
        } catch (IOException e) {
            // It was sent, and went then.
            return false;
        }
    }

    private static Instant modified(BasicFileAttributes attributes) {
        return attributes.lastModifiedTime().toInstant();
    }

    private static int mode(Path path) throws IOException {
        try {
            return (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & TarEntry.MODE;
        } catch (IOException e) {
            throw new Unreadable(e);
        }
    }
}
