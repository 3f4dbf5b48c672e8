package org.nixlab.shell.terminal;

import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.TreeMap;

/**
 * A picture in sixels, six rows at a time, as DEC's VT340 takes them (its programmer reference, chapter 14). Colours are
 * rounded to six steps each, which suits screens of text and leaves their colours as they are.
 */
final class Sixels {
    private static final int STEPS = 6;
    private static final int ROWS = 6;

    private final BufferedImage image;
    private final StringBuilder text = new StringBuilder();

    private Sixels(BufferedImage image) {
        this.image = image;
    }

    static String of(BufferedImage image) {
        return new Sixels(image).encode();
    }

    private String encode() {
        text.append("\033Pq\"1;1;").append(image.getWidth()).append(';').append(image.getHeight());
        for (int colour = 0; colour < STEPS * STEPS * STEPS; colour++) {
            text.append('#').append(colour).append(";2");
            for (int part = STEPS * STEPS; part > 0; part /= STEPS) {
                text.append(';').append(colour / part % STEPS * 100 / (STEPS - 1));
            }
        }
        for (int top = 0; top < image.getHeight(); top += ROWS) {
            band(top);
        }
        return text.append("\033\\").toString();
    }

    private void band(int top) {
        var columns = new TreeMap<Integer, byte[]>();
        int height = Math.min(ROWS, image.getHeight() - top);
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < height; y++) {
                int colour = colour(image.getRGB(x, top + y));
                columns.computeIfAbsent(colour, key -> new byte[image.getWidth()])[x] |= (byte) (1 << y);
            }
        }
        for (Map.Entry<Integer, byte[]> entry : columns.entrySet()) {
            text.append('#').append(entry.getKey());
            row(entry.getValue());
            text.append('$');
        }
        text.append('-');
    }

    private void row(byte[] bits) {
        int from = 0;
        while (from < bits.length) {
            int to = from;
            while (to < bits.length && bits[to] == bits[from]) {
                to++;
            }
            char sixel = (char) ('?' + bits[from]);
            if (to - from > 3) {
                text.append('!').append(to - from).append(sixel);
            } else {
                text.append(String.valueOf(sixel).repeat(to - from));
            }
            from = to;
        }
    }

    private static int colour(int rgb) {
        return step(rgb >> 16) * STEPS * STEPS + step(rgb >> 8) * STEPS + step(rgb);
    }

    private static int step(int part) {
        return ((part & 0xff) * (STEPS - 1) + 127) / 255;
    }
}
