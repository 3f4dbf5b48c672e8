package org.nixlab.machine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.ShellWord;

/**
 * A message of a guest's journal.
 *
 * @param unit the unit that wrote it, or that systemd wrote it about; empty if there is none
 * @param identifier the name under which it was written, mostly the program's
 * @param pid the process that wrote it, if known
 * @param priority from 0, an emergency, to 7, for debugging: see syslog(3)
 */
public record JournalRecord(
        Instant time, String unit, String identifier, Optional<Integer> pid, int priority, String message) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PRIORITIES =
            List.of("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug");

    /**
     * What is asked for.
     *
     * @param unit only what this unit wrote
     * @param lines only the last so many
     * @param since only what was written from this time on, in systemd's words: see systemd.time(7)
     * @param priority only what is as urgent as this, or more: a word or a number
     */
    public record Query(
            Optional<String> unit, Optional<Integer> lines, Optional<String> since, Optional<String> priority) {
        ExecRequest request() {
            return ExecRequest.of("journalctl --no-pager --boot --output=json"
                    + option("unit", unit)
                    + option("lines", lines.map(Object::toString))
                    + option("since", since)
                    + option("priority", priority));
        }

        private static String option(String name, Optional<String> value) {
            return value.map(word -> " --" + name + "=" + ShellWord.quote(word)).orElse("");
        }
    }

    /**
     * Reads the journal since the guest booted.
     *
     * @throws LabException (check) if the query is none that journalctl understands
     */
    public static List<JournalRecord> read(Vm vm, Query query, Deadline deadline) {
        var result = vm.execute(query.request(), deadline);
        if (!result.succeeded()) {
            throw new LabException(
                    ExitCode.CHECK_FAILED,
                    result.machine() + ": the journal cannot be read: "
                            + result.getErr().strip(),
                    "",
                    "");
        }
        return result.getOut()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(JournalRecord::parse)
                .toList();
    }

    static JournalRecord parse(String line) {
        try {
            var fields = JSON.readTree(line);
            long micros = fields.path("__REALTIME_TIMESTAMP").asLong();
            var unit = text(fields.path("UNIT"));
            return new JournalRecord(
                    Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000),
                    unit.isEmpty() ? text(fields.path("_SYSTEMD_UNIT")) : unit,
                    text(fields.path("SYSLOG_IDENTIFIER")),
                    fields.has("_PID") ? Optional.of(fields.get("_PID").asInt()) : Optional.empty(),
                    fields.path("PRIORITY").asInt(PRIORITIES.indexOf("info")),
                    text(fields.path("MESSAGE")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the journal is no JSON: " + line, e);
        }
    }

    /** A field that is no text is a list of its bytes; one that is there several times, a list of what it is. */
    private static String text(JsonNode field) {
        if (!field.isArray()) {
            return field.asText("");
        }
        if (field.isEmpty() || !field.get(0).isInt()) {
            return field.isEmpty() ? "" : text(field.get(0));
        }
        var bytes = new ByteArrayOutputStream();
        field.forEach(value -> bytes.write(value.asInt()));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Returns the priority as syslog calls it. */
    public String priorityName() {
        return priority >= 0 && priority < PRIORITIES.size() ? PRIORITIES.get(priority) : Integer.toString(priority);
    }

    /**
     * Returns it as plain data: {@code time} as a text of ISO 8601, {@code unit}, {@code identifier}, {@code pid},
     * {@code priority} as a word, {@code message}.
     */
    public Map<String, Object> data() {
        var data = new LinkedHashMap<String, Object>();
        data.put("time", time.toString());
        data.put("unit", unit);
        data.put("identifier", identifier);
        data.put("pid", pid.orElse(null));
        data.put("priority", priorityName());
        data.put("message", message);
        return data;
    }
}
