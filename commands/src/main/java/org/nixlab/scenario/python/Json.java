package org.nixlab.scenario.python;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.nixlab.base.LabException;
import org.nixlab.talk.Result;

/** The JSON that is exchanged with Python: an object per line. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** Returns a line without its end. */
    static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no plain data: " + value, e);
        }
    }

    /** @throws IllegalStateException if it is something else */
    static <T> T read(String text, TypeReference<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not what Python was to send: " + text, e);
        }
    }

    /** Returns an answer with a value. */
    static Map<String, Object> value(Object value) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("value", value instanceof Result result ? result(result) : value);
        return answer;
    }

    private static Map<String, Object> result(Result result) {
        return Map.of("exitCode", result.exitCode(), "out", result.getOut());
    }

    /** Returns an answer with a failure. */
    static Map<String, Object> failure(LabException failure) {
        return Map.of(
                "failure",
                Map.of(
                        "exit", failure.exitCode().value(),
                        "message", failure.getMessage(),
                        "hint", failure.hint()));
    }
}
