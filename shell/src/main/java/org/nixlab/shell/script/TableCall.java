package org.nixlab.shell.script;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a method of the table was called with, as Groovy hands it over: named arguments come first, as a map. */
record TableCall(List<?> positional, Map<String, ?> named) {
    static TableCall of(Object arguments) {
        var given = Arrays.asList((Object[]) arguments);
        if (given.isEmpty() || !(given.get(0) instanceof Map<?, ?> first)) {
            return new TableCall(given, Map.of());
        }
        var named = new LinkedHashMap<String, Object>();
        first.forEach((key, value) -> named.put(key.toString(), value));
        return new TableCall(given.subList(1, given.size()), named);
    }
}
