package org.nixlab.machine.network;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * An answer over HTTP.
 *
 * @param reason the words behind the status, often empty
 * @param headers by their names in lower case; of one that came several times, all values joined by commas
 */
public record HttpResponse(int status, String reason, Map<String, String> headers, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern STATUS = Pattern.compile("HTTP/[\\d.]+ (\\d{3})(?: (.*))?");
    private static final Pattern CHARSET = Pattern.compile("(?i)charset=\"?([\\w.:-]+)");
    private static final int LONGEST_LINE = 1 << 16;
    private static final int MOST_HEADERS = 1000;
    private static final int LARGEST_BODY = 64 << 20;

    /**
     * Reads an answer.
     *
     * @param method of the request: what answers {@code HEAD} has no body
     * @throws IOException if it is none, ends too early, or is too large for memory
     */
    static HttpResponse read(InputStream in, String method) throws IOException {
        var status = STATUS.matcher(line(in));
        if (!status.matches()) {
            throw new IOException("the answer is not HTTP");
        }
        int code = Integer.parseInt(status.group(1));
        var headers = headers(in);
        // Some of these come before the answer proper.
        if (code < 200 && code != 101) {
            return read(in, method);
        }
        boolean isEmpty = method.equals("HEAD") || code == 204 || code == 304 || code == 101;
        return new HttpResponse(
                code,
                Optional.ofNullable(status.group(2)).orElse(""),
                headers,
                isEmpty ? new byte[0] : body(in, headers));
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1 || headers.size() == MOST_HEADERS) {
                throw new IOException("the answer is not HTTP");
            }
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (first, second) -> first + ", " + second);
        }
        return headers;
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            return chunks(in);
        }
        var length = headers.get("content-length");
        if (length == null) {
            var rest = in.readNBytes(LARGEST_BODY + 1);
            requireRoom(rest.length);
            return rest;
        }
        return part(in, number(length, 10));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            int length = number(line(in).replaceFirst(";.*", "").strip(), 16);
            if (length == 0) {
                headers(in);
                return body.toByteArray();
            }
            body.writeBytes(part(in, length));
            requireRoom(body.size());
            line(in);
        }
    }

    private static int number(String digits, int base) throws IOException {
        try {
            int number = Integer.parseInt(digits, base);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IOException("the answer has a part of the length '" + digits + "'");
    }

    private static byte[] part(InputStream in, int length) throws IOException {
        requireRoom(length);
        var part = in.readNBytes(length);
        if (part.length < length) {
            throw new EOFException("the answer ended after " + part.length + " of " + length + " bytes");
        }
        return part;
    }

    private static void requireRoom(int length) throws IOException {
        if (length > LARGEST_BODY) {
            throw new IOException("the answer is larger than 64 MiB");
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException(line.size() == 0 ? "there was no answer" : "the answer ended in a line");
            }
            if (line.size() == LONGEST_LINE) {
                throw new IOException("the answer is not HTTP");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Returns the body as text, in the character set that it says it has. */
    public String text() {
        var named = CHARSET.matcher(headers.getOrDefault("content-type", ""));
        try {
            return new String(body, named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /**
     * Returns it as plain data: {@code status}, {@code reason}, {@code headers}, {@code body} as text, and {@code json}, the
     * body of an answer that says it is JSON, as maps and lists; null if it is none.
     */
    public Map<String, Object> data() {
        var data = new LinkedHashMap<String, Object>();
        data.put("status", status);
        data.put("reason", reason);
        data.put("headers", headers);
        data.put("body", text());
        data.put("json", json());
        return data;
    }

    private Object json() {
        if (!headers.getOrDefault("content-type", "").contains("json")) {
            return null;
        }
        try {
            return JSON.readValue(text(), Object.class);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
