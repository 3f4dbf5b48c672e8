package org.nixlab.convert;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What antiquotations of a Nix file stand for where the file itself says it: texts and numbers, and the names that
 * {@code let} gives to them. A text may have antiquotations of its own, marked as in scripts.
 */
final class NixConstants {
    private final Map<String, Optional<String>> named = new HashMap<>();

    /** Returns the constants of a file. A name that is given to two of them is none. */
    static NixConstants of(String file) {
        var constants = new NixConstants();
        var cursor = new NixCursor(file, 0);
        Deque<String> open = new ArrayDeque<>();
        cursor.skipSpace();
        while (!cursor.atEnd()) {
            var name = cursor.name();
            if (name.equals("let")) {
                open.push(name);
            } else if (name.equals("in") && "let".equals(open.peek())) {
                open.pop();
            } else if (!name.isEmpty() && "let".equals(open.peek())) {
                constants.binding(file, name, cursor.at() + name.length());
            } else if ("([{".indexOf(cursor.peek()) >= 0) {
                open.push(String.valueOf(cursor.peek()));
            } else if (")]}".indexOf(cursor.peek()) >= 0 && !open.isEmpty()) {
                open.pop();
            }
            if (cursor.seesString()) {
                cursor.skipString();
            } else {
                cursor.moveTo(cursor.at() + Math.max(1, name.length()));
            }
            cursor.skipSpace();
        }
        return constants;
    }

    /** Returns what an expression is, as the text that an antiquotation puts there. */
    Optional<String> value(String expression) {
        var text = expression.strip();
        var shown = text.matches("(?s)(builtins\\.)?toString\\s.*")
                ? text.replaceFirst("(builtins\\.)?toString\\s+", "")
                : text;
        if (named.containsKey(shown)) {
            return named.get(shown);
        }
        if (shown.matches("\\d+")) {
            return Optional.of(shown);
        }
        return shown.startsWith("\"") || shown.startsWith("''") ? literal(shown) : Optional.empty();
    }

    private void binding(String file, String name, int end) {
        var cursor = new NixCursor(file, end);
        cursor.skipSpace();
        if (!cursor.sees("=") || cursor.sees("==")) {
            return;
        }
        cursor.moveTo(cursor.at() + 1);
        cursor.skipSpace();
        int start = cursor.at();
        cursor.skipElement();
        var value = file.substring(start, cursor.at());
        cursor.skipSpace();
        boolean known = named.containsKey(name) || !cursor.sees(";");
        named.put(name, known ? Optional.empty() : value(value));
    }

    private Optional<String> literal(String text) {
        var cursor = new NixCursor(text, 0);
        cursor.skipString();
        if (cursor.at() < text.length()) {
            return Optional.empty();
        }
        var value = new ScriptBuilder();
        NixString.read(text, new NixCursor(text, 0), this, value);
        return Optional.of(value.text());
    }
}
