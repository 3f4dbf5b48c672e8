package org.nixlab.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A Nix file with tests, seen from their {@code testScript}s only. Nothing is evaluated. */
public final class NixTestFile {
    private static final String ATTRIBUTE = "testScript";
    private static final Pattern MACHINE_NODE = Pattern.compile("\\bmachine\\b\\s*[=.]");

    private final String text;
    private final NixConstants constants;
    private final List<TestScript> scripts = new ArrayList<>();
    private final StringBuilder rest = new StringBuilder();

    public NixTestFile(String file) {
        text = file.replace("\r\n", "\n");
        constants = NixConstants.of(text);
        find();
    }

    /** Returns the scripts that are written in the file, in its order. */
    public List<TestScript> scripts() {
        return List.copyOf(scripts);
    }

    /** Returns whether anything but the scripts mentions {@code machine}, as a node of that name would. */
    public boolean mentionsMachine() {
        return MACHINE_NODE.matcher(rest).find();
    }

    private void find() {
        var cursor = new NixCursor(text, 0);
        cursor.skipSpace();
        while (!cursor.atEnd()) {
            int start = cursor.at();
            var name = cursor.name();
            // Not as elements, because what is looked for stands inside brackets.
            if (cursor.seesString()) {
                cursor.skipString();
            } else {
                cursor.moveTo(start + Math.max(1, name.length()));
            }
            cursor.skipSpace();
            if (name.equals(ATTRIBUTE) && cursor.sees("=") && !cursor.sees("==")) {
                cursor.moveTo(cursor.at() + 1);
                new Value(cursor).read(start);
            } else {
                rest.append(text, start, cursor.at());
            }
        }
    }

    /**
     * A script of the file.
     *
     * @param line where its {@code testScript} stands
     * @param python what it says
     */
    public record TestScript(int line, PythonScript python) {}

    /** The expression behind {@code testScript =}: perhaps a function, perhaps several texts added up. */
    private final class Value {
        private static final Set<String> SKIPPED_TO_SEMICOLON = Set.of("with", "assert");

        private final NixCursor cursor;
        private final ScriptBuilder script = new ScriptBuilder();
        private boolean hasText;

        Value(NixCursor cursor) {
            this.cursor = cursor;
        }

        void read(int start) {
            sum();
            if (hasText) {
                scripts.add(new TestScript(PythonScript.line(text, start), script.build(text)));
            }
        }

        private void sum() {
            skipHeads();
            term();
            cursor.skipSpace();
            while (cursor.sees("+") && !cursor.sees("++")) {
                cursor.moveTo(cursor.at() + 1);
                cursor.skipSpace();
                term();
                cursor.skipSpace();
            }
        }

        /** What is neither a text nor a sum of them in brackets is as foreign as an antiquotation. */
        private void term() {
            int start = cursor.at();
            if (cursor.sees("(")) {
                cursor.skipBrackets();
                int end = cursor.at();
                if (endsTerm()) {
                    cursor.moveTo(start + 1);
                    sum();
                    cursor.moveTo(end);
                    return;
                }
            } else if (cursor.seesString()) {
                cursor.skipString();
                if (endsTerm()) {
                    cursor.moveTo(start);
                    NixString.read(text, cursor, constants, script);
                    hasText = true;
                    return;
                }
            }
            while (!endsTerm()) {
                cursor.skipElement();
            }
            var foreign = text.substring(start, cursor.at()).strip();
            script.appendForeign(foreign, start);
            script.append("\n", start);
        }

        private boolean endsTerm() {
            cursor.skipSpace();
            return cursor.atEnd() || ";)}]".indexOf(cursor.peek()) >= 0 || cursor.sees("+") && !cursor.sees("++");
        }

        /** Skips what may stand before a value: heads of functions, {@code let ... in}, {@code with ...;}. */
        private void skipHeads() {
            while (true) {
                cursor.skipSpace();
                int start = cursor.at();
                var name = cursor.name();
                if (name.equals("let")) {
                    cursor.moveTo(start + name.length());
                    skipLet();
                } else if (SKIPPED_TO_SEMICOLON.contains(name)) {
                    cursor.moveTo(start + name.length());
                    skipTo(";");
                } else if (!skipsFunctionHead()) {
                    cursor.moveTo(start);
                    return;
                }
            }
        }

        /** {@code x:}, {@code { ... }:}, and with {@code @} both. */
        private boolean skipsFunctionHead() {
            if (cursor.name().isEmpty() && !cursor.sees("{")) {
                return false;
            }
            cursor.skipElement();
            cursor.skipSpace();
            if (cursor.sees("@")) {
                cursor.moveTo(cursor.at() + 1);
                cursor.skipSpace();
                cursor.skipElement();
                cursor.skipSpace();
            }
            if (!cursor.sees(":")) {
                return false;
            }
            cursor.moveTo(cursor.at() + 1);
            return true;
        }

        private void skipLet() {
            int open = 1;
            while (open > 0 && !cursor.atEnd()) {
                cursor.skipSpace();
                var name = cursor.name();
                open += name.equals("let") ? 1 : name.equals("in") ? -1 : 0;
                cursor.skipElement();
            }
        }

        private void skipTo(String end) {
            cursor.skipSpace();
            while (!cursor.atEnd() && !cursor.sees(end)) {
                if (cursor.name().equals("let")) {
                    cursor.skipElement();
                    skipLet();
                } else {
                    cursor.skipElement();
                }
                cursor.skipSpace();
            }
            cursor.moveTo(cursor.at() + end.length());
        }
    }
}
