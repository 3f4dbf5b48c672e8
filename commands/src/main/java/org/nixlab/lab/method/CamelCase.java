package org.nixlab.lab.method;

import java.util.Locale;

/** Names of methods and options, which scripts may also write in snake_case. */
public final class CamelCase {
    private CamelCase() {}

    /** Returns a name with {@code a_b} written {@code aB}; others stay as they are. */
    public static String of(String name) {
        var camel = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_' && i > 0 && i + 1 < name.length()) {
                camel.append(Character.toUpperCase(name.charAt(++i)));
            } else {
                camel.append(c);
            }
        }
        return camel.toString();
    }

    /** Returns a name with {@code aB} written {@code a_b}. */
    public static String toSnake(String name) {
        return name.replaceAll("(?<=[a-z0-9])([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
