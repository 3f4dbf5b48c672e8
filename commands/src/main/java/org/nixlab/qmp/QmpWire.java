package org.nixlab.qmp;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The JSON of the monitor: one object per line. */
final class QmpWire {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The longest answers, such as QEMU's schema, have some hundred thousand. */
    private static final int LONGEST_LINE = 16 << 20;

    private QmpWire() {}

    static String command(String name, Map<String, ?> arguments, long id) {
        var request = new LinkedHashMap<String, Object>();
        request.put("execute", name);
        if (!arguments.isEmpty()) {
            request.put("arguments", arguments);
        }
        request.put("id", id);
        try {
            return JSON.writeValueAsString(request) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a line, or nothing at the end of the stream.
     *
     * @throws IllegalStateException if it is longer than any that QEMU has reason to send
     */
    static Optional<String> line(Reader reader) throws IOException {
        var line = new StringBuilder();
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            if (c == '\n') {
                return Optional.of(line.toString());
            }
            if (line.length() == LONGEST_LINE) {
                throw new IllegalStateException("a line of more than " + LONGEST_LINE + " characters");
            }
            line.append((char) c);
        }
        return line.isEmpty() ? Optional.empty() : Optional.of(line.toString());
    }

    /** @throws IllegalStateException if the line is not a JSON object */
    static JsonNode parse(String line) {
        try {
            var node = JSON.readTree(line);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            // Said below.
        }
        throw new IllegalStateException("no JSON object: " + line);
    }

    static QmpEvent event(JsonNode message) {
        var name = message.path("event").asText();
        var data = message.path("data");
        return switch (name) {
            case "SHUTDOWN" ->
                new QmpEvent.Shutdown(
                        data.path("guest").asBoolean(), data.path("reason").asText());
            case "RESET" ->
                new QmpEvent.Reset(
                        data.path("guest").asBoolean(), data.path("reason").asText());
            case "POWERDOWN" -> new QmpEvent.Powerdown();
            case "GUEST_PANICKED" ->
                new QmpEvent.GuestPanicked(data.path("action").asText());
            case "STOP" -> new QmpEvent.Stop();
            case "RESUME" -> new QmpEvent.Resume();
            case "BLOCK_IO_ERROR" ->
                new QmpEvent.BlockError(data.path("nospace").asBoolean());
            case "DEVICE_DELETED" ->
                new QmpEvent.DeviceDeleted(data.path("device").asText());
            case "VSERPORT_CHANGE" ->
                new QmpEvent.GuestPort(
                        data.path("id").asText(), data.path("open").asBoolean(), when(message.path("timestamp")));
            case "MIGRATION" -> new QmpEvent.Migration(data.path("status").asText());
            default ->
                new QmpEvent.Other(
                        name, data.isObject() ? JSON.convertValue(data, new TypeReference<>() {}) : Map.of());
        };
    }

    private static Instant when(JsonNode timestamp) {
        return Instant.ofEpochSecond(
                timestamp.path("seconds").asLong(),
                timestamp.path("microseconds").asLong() * 1000);
    }
}
