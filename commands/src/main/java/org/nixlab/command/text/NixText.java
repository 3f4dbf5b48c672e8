package org.nixlab.command.text;

import java.util.List;
import java.util.Map;

import org.nixlab.model.option.AttributePath;

/** Writes values as they would stand in a network file, indented by two blanks. */
public final class NixText {
    private final StringBuilder text = new StringBuilder();

    private NixText() {}

    /** Returns maps, lists, texts, numbers, booleans and null as Nix; a text in guillemets stays as it is. */
    public static String of(Object value) {
        var nix = new NixText();
        nix.value(value, "");
        return nix.text.toString();
    }

    private void value(Object value, String indent) {
        if (value instanceof Map<?, ?> map) {
            set(map, indent);
        } else if (value instanceof List<?> list) {
            list(list, indent);
        } else if (value instanceof String string) {
            string(string, indent);
        } else {
            text.append(value);
        }
    }

    private void set(Map<?, ?> map, String indent) {
        if (map.isEmpty()) {
            text.append("{ }");
            return;
        }
        text.append("{\n");
        for (var entry : map.entrySet()) {
            text.append(indent)
                    .append("  ")
                    .append(AttributePath.quoted(entry.getKey().toString()))
                    .append(" = ");
            value(entry.getValue(), indent + "  ");
            text.append(";\n");
        }
        text.append(indent).append("}");
    }

    private void list(List<?> list, String indent) {
        if (list.isEmpty()) {
            text.append("[ ]");
            return;
        }
        text.append("[\n");
        for (var element : list) {
            text.append(indent).append("  ");
            value(element, indent + "  ");
            text.append("\n");
        }
        text.append(indent).append("]");
    }

    private void string(String string, String indent) {
        if (string.startsWith("«") && string.endsWith("»")) {
            text.append(string);
        } else if (string.contains("\n")) {
            text.append("\'\'\n");
            string.lines()
                    .forEach(line -> text.append(line.isEmpty() ? "" : indent + "  ")
                            .append(line.replace("\'\'", "\'\'\'").replace("${", "\'\'${"))
                            .append("\n"));
            text.append(indent).append("\'\'");
        } else {
            var escaped = string.replace("\\", "\\\\").replace("\"", "\\\"").replace("${", "\\${");
            text.append('"').append(escaped).append('"');
        }
    }
}
