package org.nixlab.command.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Makes what a guest prints {@linkplain Harmless harmless} as it comes. Characters may be cut in two between calls. */
public final class GuestText {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer rest = ByteBuffer.allocate(0);

    /** Returns what can be shown of the next bytes. */
    public String show(byte[] bytes) {
        return decode(bytes, false);
    }

    /** Returns what was still open. */
    public String end() {
        return decode(new byte[0], true);
    }

    private String decode(byte[] bytes, boolean last) {
        var input = ByteBuffer.allocate(rest.remaining() + bytes.length);
        input.put(rest).put(bytes).flip();
        var chars = CharBuffer.allocate(input.remaining() + 2);
        decoder.decode(input, chars, last);
        if (last) {
            decoder.flush(chars);
        }
        rest = input;
        var shown = new StringBuilder();
        chars.flip().codePoints().forEach(point -> Harmless.append(shown, point, "\n\t\r"));
        return shown.toString();
    }
}
