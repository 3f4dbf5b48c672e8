package org.nixlab.command;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Makes what a guest printed harmless for the user's terminal: control characters become visible, so that no guest can
 * move the cursor, change the title or answer in the user's name. Characters may be cut in two between calls.
 */
final class GuestText {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer rest = ByteBuffer.allocate(0);

    /** Returns what can be shown of the next bytes. */
    String show(byte[] bytes, int length) {
        return decode(bytes, length, false);
    }

    /** Returns what was still open. */
    String end() {
        return decode(new byte[0], 0, true);
    }

    private String decode(byte[] bytes, int length, boolean last) {
        var input = ByteBuffer.allocate(rest.remaining() + length);
        input.put(rest).put(bytes, 0, length).flip();
        var chars = CharBuffer.allocate(input.remaining() + 2);
        decoder.decode(input, chars, last);
        if (last) {
            decoder.flush(chars);
        }
        rest = input;
        var shown = new StringBuilder();
        chars.flip().codePoints().forEach(point -> append(shown, point));
        return shown.toString();
    }

    private static void append(StringBuilder shown, int point) {
        if (point == '\n' || point == '\t' || point == '\r') {
            shown.append((char) point);
        } else if (point < ' ') {
            shown.append('^').append((char) (point + '@'));
        } else if (point == 0x7f) {
            shown.append("^?");
        } else if (point < 0xa0 && point > 0x7f || turnsDirection(point)) {
            shown.append('<').append(String.format("U+%04X", point)).append('>');
        } else {
            shown.appendCodePoint(point);
        }
    }

    private static boolean turnsDirection(int point) {
        return point >= 0x202a && point <= 0x202e || point >= 0x2066 && point <= 0x2069;
    }
}
