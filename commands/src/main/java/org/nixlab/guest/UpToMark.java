package org.nixlab.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** Passes bytes on up to a mark, {@code NUL nonce blank number NUL}, which is cut out wherever the pieces part. */
final class UpToMark {
    /** Digits of an exit code, and the NUL behind them. */
    private static final int LONGEST_TAIL = 4;

    private final byte[] begin;
    private final Consumer<byte[]> sink;
    private byte[] held = new byte[0];
    private Optional<Integer> mark = Optional.empty();

    UpToMark(String nonce, Consumer<byte[]> sink) {
        this.begin = ("\0" + nonce + " ").getBytes(StandardCharsets.US_ASCII);
        this.sink = sink;
    }

    void add(byte[] data) {
        var all = new ByteArrayOutputStream(held.length + data.length);
        all.writeBytes(held);
        all.writeBytes(data);
        held = all.toByteArray();
        int at = indexOfMark();
        if (at >= 0) {
            int end = at + begin.length;
            while (end < held.length && held[end] != 0) {
                end++;
            }
            if (end < held.length) {
                mark = Optional.of(Integer.parseInt(
                        new String(held, at + begin.length, end - at - begin.length, StandardCharsets.US_ASCII)));
                held = Arrays.copyOf(held, at);
                finish();
            }
            return;
        }
        pass(held.length - begin.length - LONGEST_TAIL);
    }

    /** Returns the number in the mark, once it has come. */
    Optional<Integer> mark() {
        return mark;
    }

    /** Passes on what was held back in case it was a mark. */
    void finish() {
        pass(held.length);
    }

    private void pass(int length) {
        if (length > 0) {
            sink.accept(Arrays.copyOf(held, length));
            held = Arrays.copyOfRange(held, length, held.length);
        }
    }

    private int indexOfMark() {
        for (int i = 0; i + begin.length <= held.length; i++) {
            if (held[i] == 0 && Arrays.equals(held, i, i + begin.length, begin, 0, begin.length)) {
                return i;
            }
        }
        return -1;
    }
}
