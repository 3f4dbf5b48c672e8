package org.nixlab.command.text;

import java.util.List;
import java.util.Map;

/** Writes values as JSON, indented by two blanks. A library for this would cost every start its loading. */
public final class Json {
    private final StringBuilder text = new StringBuilder();

    private Json() {}

    /** Returns the JSON of maps, lists, texts, numbers, booleans and null. */
    public static String text(Object value) {
        var json = new Json();
        json.value(value, "");
        return json.text.toString();
    }

    private void value(Object value, String indent) {
        if (value instanceof Map<?, ?> map) {
            object(map, indent);
        } else if (value instanceof List<?> list) {
            array(list, indent);
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else {
            quoted(value.toString());
        }
    }

    private void object(Map<?, ?> map, String indent) {
        var separator = "{\n";
        for (var entry : map.entrySet()) {
            text.append(separator).append(indent).append("  ");
            quoted(entry.getKey().toString());
            text.append(": ");
            value(entry.getValue(), indent + "  ");
            separator = ",\n";
        }
        text.append(map.isEmpty() ? "{}" : "\n" + indent + "}");
    }

    private void array(List<?> list, String indent) {
        var separator = "[\n";
        for (var element : list) {
            text.append(separator).append(indent).append("  ");
            value(element, indent + "  ");
            separator = ",\n";
        }
        text.append(list.isEmpty() ? "[]" : "\n" + indent + "]");
    }

    private void quoted(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                default ->
                    text.append(
                            c < ' ' || c == 0x7f || Harmless.isDangerous(c)
                                    ? String.format("\\u%04x", (int) c)
                                    : Character.toString(c));
            }
        }
        text.append('"');
    }
}
