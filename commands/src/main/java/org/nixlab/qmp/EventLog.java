package org.nixlab.qmp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.nixlab.base.Deadline;

import static java.util.Objects.requireNonNull;

/**
 * What QEMU reported by itself since it was started, in a file that any process may read.
 *
 * <p>A monitor of its own writes it: QEMU keeps a copy of what it says to the monitor's client ({@code logfile} of
 * {@code -chardev}), and once a client has chosen the capabilities it goes on after that client has left.
 */
public final class EventLog {
    private final Path file;

    public EventLog(Path file) {
        this.file = requireNonNull(file, "file");
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

    /** Returns the events in their order; none if there is no log. */
    public List<QmpEvent> events() {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            // It is removed with the other files of the machine when that ends.
            return List.of();
        }
        // QEMU may be writing the last line.
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.contains("\"event\""))
                .map(QmpWire::parse)
                .filter(EventLog::isEvent)
                .map(QmpWire::event)
                .toList();
    }

    /** Returns the file's length in bytes, which grows with every event; 0 if there is no log. */
    public long length() {
        return file.toFile().length();
    }

    private static boolean isEvent(JsonNode message) {
        return message.has("event");
    }
}
