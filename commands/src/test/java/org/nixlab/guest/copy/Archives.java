package org.nixlab.guest.copy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.function.Supplier;

import org.nixlab.guest.tar.PaxRecords;
import org.nixlab.guest.tar.SparseMap;
import org.nixlab.guest.tar.TarEntry;
import org.nixlab.guest.tar.TarHeader;
import org.nixlab.guest.tar.TarWriter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Pieces of tar archives, well made and otherwise, and archives of them. */
final class Archives {
    static final Instant TIME = Instant.ofEpochSecond(1_000_000_000);

    private Archives() {}

    static ByteArrayInputStream archive(byte[]... pieces) {
        var bytes = new ByteArrayOutputStream();
        for (var piece : pieces) {
            bytes.writeBytes(piece);
        }
        bytes.writeBytes(new byte[1024]);
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    static byte[] directory(String name) {
        return entry(TarEntry.directory(name, 0755, TIME));
    }

    static byte[] file(String name, String content) {
        return entry(TarEntry.file(name, 0644, TIME, SparseMap.whole(content.length())), content);
    }

    static byte[] entry(TarEntry entry) {
        return entry(entry, "");
    }

    /** Returns what a writer makes, without the end. */
    static byte[] entry(TarEntry entry, String content) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarWriter(bytes)) {
            tar.begin(entry);
            tar.write(content.getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        var blocks = bytes.toByteArray();
        var end = blocks.length;
        while (end > 0 && Arrays.equals(blocks, end - 512, end, new byte[512], 0, 512)) {
            end -= 512;
        }
        return Arrays.copyOf(blocks, end);
    }

    static byte[] header(char type, String name, long size) {
        var header = TarHeader.make(type, name, "", 0644, 0, 0);
        // Numbers of more than 33 bits are binary.
        for (var digit = 0; digit < 12; digit++) {
            header[124 + digit] = digit < 4 ? (byte) (digit == 0 ? 0x80 : 0) : (byte) (size >>> 8 * (11 - digit));
        }
        mendSum(header, 0);
        return header;
    }

    static void mendSum(byte[] block, int at) {
        Arrays.fill(block, at + 148, at + 156, (byte) ' ');
        var sum = 0;
        for (var index = at; index < at + 512; index++) {
            sum += Byte.toUnsignedInt(block[index]);
        }
        System.arraycopy("%06o\0 ".formatted(sum).getBytes(ISO_8859_1), 0, block, at + 148, 8);
    }

    static byte[] pax(PaxRecords pax) {
        var content = pax.bytes();
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(TarHeader.make('x', "x", "", 0644, content.length, 0));
        bytes.writeBytes(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
        return bytes.toByteArray();
    }

    static InputStream endless(Supplier<byte[]> pieces) {
        return new SequenceInputStream(new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return true;
            }

            @Override
            public InputStream nextElement() {
                return new ByteArrayInputStream(pieces.get());
            }
        });
    }
}
