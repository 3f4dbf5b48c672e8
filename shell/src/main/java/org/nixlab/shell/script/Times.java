package org.nixlab.shell.script;

import java.time.Duration;

/** Times as scripts write them: {@code 30.seconds}. Groovy gives these properties to all numbers. */
public final class Times {
    private Times() {}

    public static Duration getSeconds(Number number) {
        return Duration.ofMillis(Math.round(number.doubleValue() * 1000));
    }

    public static Duration getSecond(Number number) {
        return getSeconds(number);
    }

    public static Duration getMinutes(Number number) {
        return getSeconds(number.doubleValue() * 60);
    }

    public static Duration getMinute(Number number) {
        return getMinutes(number);
    }
}
