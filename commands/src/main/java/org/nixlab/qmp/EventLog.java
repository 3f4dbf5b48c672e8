package org.nixlab.qmp;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.Deadline;

import static java.util.Objects.requireNonNull;

/**
 * What QEMU reported by itself since it was started, in a file that any process may read. Safe for use by many threads.
 *
 * <p>A monitor of its own writes it: QEMU keeps a copy of what it says to the monitor's client ({@code logfile} of
 * {@code -chardev}), and once a client has chosen the capabilities it goes on after that client has left.
 *
 * <p>The file grows as long as QEMU runs, so it is read on from where it was read to before; from time to time what it came
 * to so far is written beside it, for processes that begin to read.
 */
public final class EventLog {
    private static final int PIECE = 64 * 1024;
    /** So much of the log is read at most by every process that begins. */
    private static final int KEPT_EACH = 8 * 1024;

    private final Path file;
    private final EventDigestFile kept;
    private EventDigest digest = EventDigest.EMPTY; // guarded by this
    private boolean begun; // guarded by this
    private long bytesRead; // guarded by this

    public EventLog(Path file) {
        this.file = requireNonNull(file, "file");
        this.kept = new EventDigestFile(file.resolveSibling(file.getFileName() + ".read"));
    }

    /**
     * Makes QEMU begin. Doing it again does nothing more.
     *
     * @param socket the monitor's
     * @param place what the messages name, the machine
     * @throws org.nixlab.base.DeadlineException if QEMU does not answer in time
     */
    public static void begin(Path socket, String place, Deadline deadline) {
        QmpClient.connect(socket, place, event -> {}, deadline).close();
    }

    /** Returns how often the machine was reset, from inside or outside; 0 if there is no log. */
    public synchronized long resets() {
        readOn();
        return digest.resets();
    }

    /**
     * Returns when the guest last opened or closed its end of a port, if it did.
     *
     * @param device QEMU's id of the port
     */
    public synchronized Optional<QmpEvent.GuestPort> lastChange(String device) {
        readOn();
        return digest.port(device);
    }

    /** Returns the events that still say how the machine is, in their order; none if there is no log. */
    public synchronized List<QmpEvent> events() {
        readOn();
        return digest.events();
    }

    /** Returns the file's length in bytes, which grows with every event; 0 if there is no log. */
    public long length() {
        return file.toFile().length();
    }

    /** Returns how many bytes this reader has read of the log so far. */
    synchronized long bytesRead() {
        return bytesRead;
    }

    private void readOn() {
        long length = length();
        if (length < digest.at()) {
            // Another QEMU has begun another one.
            digest = EventDigest.EMPTY;
            begun = false;
        }
        if (length == digest.at()) {
            return;
        }
        // No channel: an interrupt would close it.
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            if (!begun) {
                digest = kept.load(head(log))
                        .filter(earlier -> earlier.at() <= length)
                        .orElse(digest);
                begun = true;
            }
            long since = digest.at();
            var piece = new byte[PIECE];
            log.seek(digest.at());
            for (int count = read(log, piece); count > 0; count = read(log, piece)) {
                if (!take(piece, count)) {
                    break;
                }
                log.seek(digest.at());
            }
            if (digest.at() - since >= KEPT_EACH) {
                kept.save(digest, head(log));
            }
        } catch (IOException e) {
            // It is removed with the other files of the machine when that ends.
        }
    }

    // QEMU may be writing the last line.
    private boolean take(byte[] piece, int count) {
        int end = count;
        while (end > 0 && piece[end - 1] != '\n') {
            end--;
        }
        if (end == 0 && count < piece.length) {
            return false;
        }
        int taken = end == 0 ? count : end;
        digest = digest.and(new String(piece, 0, taken, StandardCharsets.UTF_8), taken);
        return true;
    }

    private int read(RandomAccessFile log, byte[] piece) throws IOException {
        int count = log.read(piece);
        bytesRead += Math.max(0, count);
        return count;
    }

    /** Tells this log from another QEMU's: times are among its first lines. */
    private String head(RandomAccessFile log) throws IOException {
        var bytes = new byte[EventDigestFile.HEAD];
        log.seek(0);
        int count = read(log, bytes);
        return new String(bytes, 0, Math.max(0, count), StandardCharsets.UTF_8);
    }
}
