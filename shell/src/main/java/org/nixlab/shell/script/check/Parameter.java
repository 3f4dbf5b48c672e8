package org.nixlab.shell.script.check;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

import org.nixlab.base.LabException;
import org.nixlab.base.TimeText;

/**
 * A parameter that a scenario declares.
 *
 * @param standard what it is unless it is set; its type is that of all values. Null if it is not known before the
 *     scenario runs
 */
public record Parameter(String name, Object standard) {
    /**
     * Returns what a text sets it to.
     *
     * @throws LabException (usage) if the text is nothing of its type
     */
    public Object value(String text) {
        return parse(text)
                .orElseThrow(() -> LabException.input(
                        "'" + text + "' is no value of the parameter '" + name + "'", "--set", "it is " + kind()));
    }

    private Optional<?> parse(String text) {
        try {
            if (standard instanceof Boolean) {
                return text.equals("true") || text.equals("false")
                        ? Optional.of(Boolean.valueOf(text))
                        : Optional.empty();
            }
            if (standard instanceof Integer) {
                return Optional.of(Integer.valueOf(text));
            }
            if (standard instanceof Long) {
                return Optional.of(Long.valueOf(text));
            }
            if (standard instanceof Number) {
                return Optional.of(new BigDecimal(text));
            }
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
        return standard instanceof Duration ? TimeText.parse(text) : Optional.of(text);
    }

    private String kind() {
        if (standard instanceof Boolean) {
            return "true or false";
        }
        if (standard instanceof Integer || standard instanceof Long) {
            return "a whole number";
        }
        return standard instanceof Number ? "a number" : "a time, such as 90s";
    }
}
