package org.nixlab.guest.tar;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.nixlab.talk.ShellWord;

/**
 * Names of files as what they are to Linux, bytes: strings with one character, U+0000 to U+00FF, for each. A {@link Path}
 * keeps the bytes of a name that is not text, but loses them on its way to or from a string; its URI has them all.
 */
public final class RawName {
    private static final String PLAIN = "-._~/";

    private RawName() {}

    /** Returns the absolute path. */
    public static String of(Path path) {
        var escaped = path.toAbsolutePath().toUri().getRawPath();
        var bytes = new StringBuilder(escaped.length());
        for (var at = 0; at < escaped.length(); at++) {
            if (escaped.charAt(at) == '%') {
                bytes.append((char) Integer.parseInt(escaped, at + 1, at + 3, 16));
                at += 2;
            } else {
                bytes.append(escaped.charAt(at));
            }
        }
        // The URI of a directory ends with a slash.
        var slashes = bytes.length();
        while (slashes > 1 && bytes.charAt(slashes - 1) == '/') {
            slashes--;
        }
        return bytes.substring(0, slashes);
    }

    /** Returns what a symbolic link holds, as {@link java.nio.file.Files#readSymbolicLink} returns it. */
    public static String ofTarget(Path target) {
        var raw = of(Path.of("/").resolve(target));
        return target.isAbsolute() ? raw : raw.substring(1);
    }

    public static String ofText(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Returns a path of one or more names; only one that begins with a slash is absolute. */
    public static Path path(String raw) {
        var escaped = new StringBuilder("file:///");
        for (var value : raw.getBytes(StandardCharsets.ISO_8859_1)) {
            var character = (char) Byte.toUnsignedInt(value);
            if (character < 0x80 && (Character.isLetterOrDigit(character) || PLAIN.indexOf(character) >= 0)) {
                escaped.append(character);
            } else {
                escaped.append(String.format("%%%02X", (int) character));
            }
        }
        var absolute = Path.of(URI.create(escaped.toString().replaceFirst("^file:/+", "file:///")));
        return raw.startsWith("/") || absolute.getNameCount() == 0
                ? absolute
                : absolute.subpath(0, absolute.getNameCount());
    }

    /** Returns the name as text; what is none is replaced. */
    public static String shown(String raw) {
        return new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Returns the name as a word of bash, also where it is not text. */
    public static String quote(String raw) {
        var text = shown(raw);
        if (ofText(text).equals(raw)) {
            return ShellWord.quote(text);
        }
        var quoted = new StringBuilder("$'");
        raw.chars().forEach(value -> quoted.append(String.format("\\%03o", value)));
        return quoted.append('\'').toString();
    }

    /** Returns the name that GNU programs print with {@code --quoting-style=escape}. */
    public static String unescape(String printed) {
        var bytes = new ByteArrayOutputStream();
        for (var at = 0; at < printed.length(); at++) {
            var character = printed.charAt(at);
            if (character == '\\' && printed.startsWith("\\", at + 1)) {
                at++;
            } else if (character == '\\' && printed.substring(at + 1).matches("(?s)[0-3][0-7]{2}.*")) {
                bytes.write(Integer.parseInt(printed, at + 1, at + 4, 8));
                at += 3;
                continue;
            }
            bytes.write(character);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
