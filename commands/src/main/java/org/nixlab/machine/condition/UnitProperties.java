package org.nixlab.machine.condition;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code systemctl show} prints. */
final class UnitProperties {
    private UnitProperties() {}

    /** Returns the properties in their order; of one that is shown several times, the last. */
    static Map<String, String> of(String shown) {
        var properties = new LinkedHashMap<String, String>();
        shown.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                properties.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        return properties;
    }
}
