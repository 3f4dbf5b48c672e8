package org.nixlab.command.text;

import java.util.Locale;

/** Sizes as people read them. */
public final class SizeText {
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};

    private SizeText() {}

    public static String format(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double size = bytes;
        int unit = -1;
        while (size >= 1024 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, UNITS[unit]);
    }
}
