package org.nixlab.guest.tar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a tar header has no room for: keys and values, in bytes (POSIX, "pax Extended Header"). Values are kept as they come,
 * because names of files need not be UTF-8.
 */
public final class PaxRecords {
    private static final int LONGEST_LENGTH = 8;
    private static final int NANO_DIGITS = 9;
    private static final Pattern TIME = Pattern.compile("(-?)(\\d{1,11})(?:\\.(\\d{1,30}))?");

    private final Map<String, String> values = new LinkedHashMap<>();

    /** Reads what {@link #bytes} makes. */
    static PaxRecords parse(byte[] data) throws IOException {
        var records = new PaxRecords();
        var text = new String(data, StandardCharsets.ISO_8859_1);
        for (var at = 0; at < text.length(); ) {
            var blank = text.indexOf(' ', at);
            if (blank < 0 || !text.substring(at, blank).matches("[0-9]{1," + LONGEST_LENGTH + "}")) {
                throw new IOException("the archive is damaged");
            }
            var end = at + Integer.parseInt(text, at, blank, 10);
            var equals = text.indexOf('=', blank);
            if (equals < 0 || end > text.length() || end - 1 <= equals || text.charAt(end - 1) != '\n') {
                throw new IOException("the archive is damaged");
            }
            records.values.put(text.substring(blank + 1, equals), text.substring(equals + 1, end - 1));
            at = end;
        }
        return records;
    }

    public void put(String key, String value) {
        values.put(key, value);
    }

    public void put(String key, long value) {
        values.put(key, String.valueOf(value));
    }

    public void put(String key, Instant time) {
        // Nanoseconds count forward, also before 1970.
        if (time.getEpochSecond() < 0 && time.getNano() > 0) {
            put(key, "-%d.%09d".formatted(-time.getEpochSecond() - 1, 1_000_000_000 - time.getNano()));
        } else {
            put(key, "%d.%09d".formatted(time.getEpochSecond(), time.getNano()));
        }
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key));
    }

    Optional<Long> number(String key) throws IOException {
        var value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.matches("[0-9]{1,18}")) {
            throw new IOException("the archive is damaged");
        }
        return Optional.of(Long.parseLong(value));
    }

    /** Returns a time if it is one that a clock could show. */
    Optional<Instant> time(String key) {
        return text(key).map(TIME::matcher).filter(matcher -> matcher.matches()).map(matcher -> {
            var fraction = Optional.ofNullable(matcher.group(3)).orElse("") + "0".repeat(NANO_DIGITS);
            var nanos = Long.parseLong(fraction, 0, NANO_DIGITS, 10);
            var seconds = Long.parseLong(matcher.group(2));
            return matcher.group(1).isEmpty()
                    ? Instant.ofEpochSecond(seconds, nanos)
                    : Instant.ofEpochSecond(-seconds, -nanos);
        });
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    public byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        values.forEach((key, value) -> {
            var rest = " " + key + "=" + value + "\n";
            // The length counts its own digits.
            var length = rest.length() + String.valueOf(rest.length()).length();
            length = rest.length() + String.valueOf(length).length();
            bytes.writeBytes((length + rest).getBytes(StandardCharsets.ISO_8859_1));
        });
        return bytes.toByteArray();
    }
}
