package org.nixlab.image.debian;

import java.util.Comparator;

/** The order of Debian version numbers (deb-version(7)). */
final class DebianVersion {
    static final Comparator<String> ORDER = DebianVersion::compare;

    private DebianVersion() {}

    private static int compare(String a, String b) {
        int epochs = Long.compare(epoch(a), epoch(b));
        if (epochs != 0) {
            return epochs;
        }
        int upstream = compareParts(upstream(a), upstream(b));
        return upstream != 0 ? upstream : compareParts(revision(a), revision(b));
    }

    private static long epoch(String version) {
        int colon = version.indexOf(':');
        return colon < 0 ? 0 : Long.parseLong(version.substring(0, colon));
    }

    private static String upstream(String version) {
        var rest = version.substring(version.indexOf(':') + 1);
        int hyphen = rest.lastIndexOf('-');
        return hyphen < 0 ? rest : rest.substring(0, hyphen);
    }

    private static String revision(String version) {
        int hyphen = version.lastIndexOf('-');
        return hyphen < 0 ? "" : version.substring(hyphen + 1);
    }

    /** Compares runs of other characters and runs of digits in turn. */
    private static int compareParts(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() || j < b.length()) {
            while (isOther(a, i) || isOther(b, j)) {
                int order = Integer.compare(weight(a, i), weight(b, j));
                if (order != 0) {
                    return order;
                }
                i++;
                j++;
            }
            int iEnd = endOfDigits(a, i);
            int jEnd = endOfDigits(b, j);
            int order = compareNumbers(a.substring(i, iEnd), b.substring(j, jEnd));
            if (order != 0) {
                return order;
            }
            i = iEnd;
            j = jEnd;
        }
        return 0;
    }

    private static boolean isOther(String text, int at) {
        return at < text.length() && !Character.isDigit(text.charAt(at));
    }

    /** A tilde sorts before everything, even the end; letters before other signs. */
    private static int weight(String text, int at) {
        if (!isOther(text, at)) {
            return 0;
        }
        char c = text.charAt(at);
        if (c == '~') {
            return -1;
        }
        return Character.isLetter(c) ? c : c + 256;
    }

    private static int endOfDigits(String text, int from) {
        int end = from;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return Math.min(end, Math.max(from, text.length()));
    }

    private static int compareNumbers(String a, String b) {
        var left = a.replaceFirst("^0+", "");
        var right = b.replaceFirst("^0+", "");
        int lengths = Integer.compare(left.length(), right.length());
        return lengths != 0 ? lengths : left.compareTo(right);
    }
}
