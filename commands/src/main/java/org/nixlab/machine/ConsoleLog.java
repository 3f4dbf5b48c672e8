package org.nixlab.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

import org.nixlab.base.Await;
import org.nixlab.base.Deadline;
import org.nixlab.talk.OutputSink;

/** Reads the file that keeps what a machine's serial console prints. */
public final class ConsoleLog {
    private static final Duration PERIOD = Duration.ofMillis(200);

    /** How much of the end of a file is looked through for its last lines. */
    private static final int LONGEST_END = 1 << 24;

    private ConsoleLog() {}

    /**
     * Passes the file on, as standard output.
     *
     * @param lines only so many of its last lines
     * @param followed until when to go on with what comes, if at all
     * @throws IOException if it cannot be read
     * @throws org.nixlab.base.CancelledException if the thread is interrupted where nothing comes
     */
    public static void pass(Path log, Optional<Integer> lines, Optional<Deadline> followed, OutputSink sink)
            throws IOException {
        try (var file = FileChannel.open(log)) {
            if (lines.isPresent()) {
                file.position(lastLines(file, lines.get()));
            }
            pass(file, sink);
            while (followed.isPresent() && !followed.get().hasPassed()) {
                Await.pause(PERIOD, "console");
                pass(file, sink);
            }
        }
    }

    private static long lastLines(FileChannel file, int lines) throws IOException {
        var end = ByteBuffer.allocate((int) Math.min(file.size(), LONGEST_END));
        long offset = file.size() - end.capacity();
        file.read(end, offset);
        // A character for each byte.
        var text = StandardCharsets.ISO_8859_1.decode(end.flip()).toString();
        int newline = text.length() - 1;
        for (int i = 0; i < lines && newline >= 0; i++) {
            newline = text.lastIndexOf('\n', newline - 1);
        }
        return offset + newline + 1;
    }

    private static void pass(FileChannel file, OutputSink sink) throws IOException {
        var buffer = ByteBuffer.allocate(1 << 16);
        while (file.read(buffer) > 0) {
            sink.received(OutputSink.Stream.OUT, Arrays.copyOf(buffer.array(), buffer.position()));
            buffer.clear();
        }
    }
}
