package org.nixlab.nix.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** JSON that nixlab's own expressions wrote; what does not fit is a bug. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw unexpected(e);
        }
    }

    public static <T> T read(byte[] json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw unexpected(e);
        }
    }

    /** Returns what was written down in a file; empty if there is none, or a host that went down left it broken. */
    public static <T> Optional<T> remembered(Path file, Class<T> type) {
        try {
            return Files.exists(file)
                    ? Optional.ofNullable(MAPPER.readValue(Files.readAllBytes(file), type))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    public static JsonNode tree(byte[] json) {
        return read(json, JsonNode.class);
    }

    public static <T> T read(JsonNode tree, Class<T> type) {
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw unexpected(e);
        }
    }

    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static IllegalStateException unexpected(IOException e) {
        return new IllegalStateException("the expressions of nixlab wrote unexpected JSON", e);
    }
}
