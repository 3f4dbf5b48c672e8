package org.nixlab.qmp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the events up to a place in the log came to.
 *
 * @param at how many bytes of the log are in it
 * @param resets how often the machine was reset
 * @param lines those of the events that still say how it is now, in their order, by what they are about
 */
record EventDigest(long at, long resets, Map<String, String> lines) {
    static final EventDigest EMPTY = new EventDigest(0, 0, Map.of());

    private static final String STANDS = "stands ";
    private static final String PORT = "port ";
    private static final String PANIC = "panic";
    private static final String SHUTDOWN = "shutdown";

    /** Returns the digest with more of the log in it. */
    EventDigest and(String text, int bytes) {
        long count = resets;
        var left = new LinkedHashMap<>(lines);
        for (var line : text.split("\n")) {
            var event = event(line);
            if (event.isEmpty()) {
                continue;
            }
            if (event.get() instanceof QmpEvent.Reset) {
                count++;
                left.remove(PANIC);
            } else if (event.get() instanceof QmpEvent.Resume) {
                left.remove(PANIC);
                left.keySet().removeIf(subject -> subject.startsWith(STANDS));
            } else {
                subject(event.get()).ifPresent(subject -> note(event.get(), subject, line, left));
            }
        }
        return new EventDigest(at + bytes, count, left);
    }

    // A stop is told by the errors before it, the first as well as the last.
    private static void note(QmpEvent event, String subject, String line, Map<String, String> left) {
        if (event instanceof QmpEvent.BlockError) {
            left.putIfAbsent(subject, line);
        } else {
            left.remove(subject);
            left.put(subject, line);
        }
    }

    /** Returns the events that still say how the machine is, in their order. */
    List<QmpEvent> events() {
        return lines.values().stream().map(QmpWire::parse).map(QmpWire::event).toList();
    }

    /** Returns the last change of a port. */
    Optional<QmpEvent.GuestPort> port(String device) {
        return Optional.ofNullable(lines.get(PORT + device))
                .map(QmpWire::parse)
                .map(QmpWire::event)
                .map(QmpEvent.GuestPort.class::cast);
    }

    private static Optional<String> subject(QmpEvent event) {
        if (event instanceof QmpEvent.GuestPort change) {
            return Optional.of(PORT + change.device());
        }
        if (event instanceof QmpEvent.BlockError error) {
            return Optional.of(STANDS + "error " + error.noSpace());
        }
        if (event instanceof QmpEvent.Stop) {
            return Optional.of(STANDS + "stop");
        }
        if (event instanceof QmpEvent.GuestPanicked) {
            return Optional.of(PANIC);
        }
        return event instanceof QmpEvent.Shutdown ? Optional.of(SHUTDOWN) : Optional.empty();
    }

    private static Optional<QmpEvent> event(String line) {
        if (line.contains("\"event\"")) {
            try {
                return Optional.of(QmpWire.parse(line))
                        .filter(message -> message.has("event"))
                        .map(QmpWire::event);
            } catch (IllegalStateException e) {
                // A disk that is full leaves lines that are not whole.
            }
        }
        return Optional.empty();
    }
}
