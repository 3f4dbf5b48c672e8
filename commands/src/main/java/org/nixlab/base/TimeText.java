package org.nixlab.base;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times as people write and read them: {@code 90}, {@code 90s}, {@code 1m30s}, {@code 500ms}. */
public final class TimeText {
    private static final Pattern TIME =
            Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+(?:\\.\\d+)?)s?)?(?:(\\d+)ms)?");

    private TimeText() {}

    /** Returns the time a text means, seconds where it has no unit. */
    public static Optional<Duration> parse(String text) {
        var compact = text.replace(" ", "");
        if (compact.matches("\\d{1,15}ms")) {
            return Optional.of(Duration.ofMillis(Long.parseLong(compact.substring(0, compact.length() - 2))));
        }
        var matcher = TIME.matcher(compact);
        if (compact.isEmpty() || compact.length() > 15 || !matcher.matches()) {
            return Optional.empty();
        }
        var time = Duration.ofHours(number(matcher.group(1)))
                .plusMinutes(number(matcher.group(2)))
                .plusMillis(matcher.group(3) == null ? 0 : Math.round(Double.parseDouble(matcher.group(3)) * 1000))
                .plusMillis(number(matcher.group(4)));
        return Optional.of(time);
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** Returns a time for people, in at most two units. */
    public static String format(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        if (seconds < 48 * 3600) {
            return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
        }
        return seconds / 86400 + " d " + seconds % 86400 / 3600 + " h";
    }
}
