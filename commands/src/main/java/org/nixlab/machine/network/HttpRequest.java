package org.nixlab.machine.network;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.nixlab.base.LabException;

/**
 * A request over HTTP.
 *
 * @param url with the scheme {@code http} or {@code https}
 * @param headers by their names, which go as they are
 */
public record HttpRequest(URI url, String method, Map<String, String> headers, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Returns a request.
     *
     * @param url without a scheme one over http
     * @param method {@code GET} without one, or {@code POST} if there is a body
     * @param body bytes or a text; maps and lists are sent as JSON
     * @throws LabException (usage) if the URL is none, or the body no plain data
     */
    public static HttpRequest of(String url, Optional<String> method, Map<String, ?> headers, Optional<Object> body) {
        var all = new LinkedHashMap<String, String>();
        headers.forEach((name, value) -> all.put(name, line(String.valueOf(value))));
        var bytes = body.map(given -> bytes(given, all)).orElseGet(() -> new byte[0]);
        return new HttpRequest(
                parse(url), line(method.orElse(body.isPresent() ? "POST" : "GET")), Map.copyOf(all), bytes);
    }

    private static URI parse(String text) {
        try {
            var url = new URI(text.contains("://") ? text : "http://" + text);
            if (url.getHost() != null && url.getScheme().matches("(?i)https?")) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw LabException.input("'" + text + "' is no URL of http", "", "for example http://localhost:8080/path");
    }

    private static byte[] bytes(Object body, Map<String, String> headers) {
        if (body instanceof byte[] bytes) {
            return bytes;
        }
        if (!(body instanceof Map) && !(body instanceof Iterable)) {
            return body.toString().getBytes(StandardCharsets.UTF_8);
        }
        headers.putIfAbsent("Content-Type", "application/json");
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw LabException.input("the body is no plain data: " + e.getOriginalMessage(), "", "");
        }
    }

    private static String line(String text) {
        if (text.matches("[^\\r\\n]*")) {
            return text;
        }
        throw LabException.input("a header is one line", text, "");
    }

    boolean isSecure() {
        return url.getScheme().equalsIgnoreCase("https");
    }

    /** Returns the host as a name is looked up; addresses of IPv6 without brackets. */
    String host() {
        return url.getHost().replaceAll("[\\[\\]]", "");
    }

    int port() {
        return url.getPort() >= 0 ? url.getPort() : isSecure() ? 443 : 80;
    }

    /** Returns it as it is sent: one request on a connection of its own. */
    byte[] wire() {
        var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        var head = new StringBuilder(method)
                .append(' ')
                .append(path)
                .append(url.getRawQuery() == null ? "" : "?" + url.getRawQuery())
                .append(" HTTP/1.1\r\n");
        var all = new LinkedHashMap<String, String>();
        all.put("Host", url.getHost() + (url.getPort() >= 0 ? ":" + url.getPort() : ""));
        all.put("User-Agent", "nixlab");
        all.put("Accept", "*/*");
        if (body.length > 0) {
            all.put("Content-Length", Integer.toString(body.length));
        }
        headers.keySet().forEach(name -> all.keySet().removeIf(name::equalsIgnoreCase));
        all.putAll(headers);
        all.put("Connection", "close");
        all.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        var wire = new ByteArrayOutputStream();
        wire.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        wire.writeBytes(body);
        return wire.toByteArray();
    }

    @Override
    public String toString() {
        return method + " " + url;
    }
}
