package org.nixlab.convert;

import java.util.ArrayList;
import java.util.List;

/**
 * A string of a Nix file as its value: escapes undone and, in an indented string, the indentation removed that all lines
 * have in common. Antiquotations stay as they are, marked, unless they are constants.
 */
final class NixString {
    private final String file;
    private final NixCursor cursor;
    private final NixConstants constants;
    private final boolean indented;
    private List<Unit> units = new ArrayList<>();

    private NixString(String file, NixCursor cursor, NixConstants constants) {
        this.file = file;
        this.cursor = cursor;
        this.constants = constants;
        indented = cursor.sees("''");
    }

    /** Adds the string at the cursor to a script, and leaves the cursor behind it. */
    static void read(String file, NixCursor cursor, NixConstants constants, ScriptBuilder script) {
        var string = new NixString(file, cursor, constants);
        string.scan();
        if (string.indented) {
            string.removeFirstLine();
            string.removeIndentation();
            string.removeLastLine();
        }
        string.addTo(script);
    }

    private void scan() {
        cursor.moveTo(cursor.at() + (indented ? 2 : 1));
        while (!cursor.atEnd() && !cursor.endsString(indented)) {
            int start = cursor.at();
            if (cursor.sees("${")) {
                cursor.skipBrackets();
                units.add(antiquotation(start));
            } else {
                cursor.moveTo(Math.min(file.length(), start + cursor.escapeLength(indented)));
                unescape(file.substring(start, cursor.at()), start);
            }
        }
        cursor.moveTo(Math.min(file.length(), cursor.at() + (indented ? 2 : 1)));
    }

    private Unit antiquotation(int start) {
        var written = file.substring(start, cursor.at());
        var inside = written.substring(2, Math.max(2, written.length() - 1));
        return constants
                .value(inside)
                .map(value -> new Unit(value, start, Form.VALUE))
                .orElseGet(() -> new Unit(written, start, Form.FOREIGN));
    }

    private void unescape(String written, int start) {
        if (written.equals("$$")) {
            units.add(new Unit("$", start, Form.PLAIN));
            units.add(new Unit("$", start + 1, Form.PLAIN));
        } else if (written.length() == 1) {
            units.add(new Unit(written, start, Form.PLAIN));
        } else if (written.equals("'''")) {
            units.add(new Unit("''", start, Form.VALUE));
        } else if (written.equals("''$")) {
            units.add(new Unit("$", start, Form.VALUE));
        } else {
            units.add(new Unit(control(written.charAt(written.length() - 1)), start, Form.VALUE));
        }
    }

    private static String control(char letter) {
        return switch (letter) {
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            default -> String.valueOf(letter);
        };
    }

    /** Blanks behind the opening quotes, and the line end after them, are no part of the value. */
    private void removeFirstLine() {
        int blank = 0;
        while (blank < units.size() && units.get(blank).is(' ')) {
            blank++;
        }
        if (blank < units.size() && units.get(blank).is('\n')) {
            units = units.subList(blank + 1, units.size());
        }
    }

    private void removeIndentation() {
        int common = commonIndentation();
        var kept = new ArrayList<Unit>();
        boolean atStart = true;
        int dropped = 0;
        for (var unit : units) {
            if (atStart && unit.is(' ')) {
                if (dropped++ >= common) {
                    kept.add(unit);
                }
                continue;
            }
            kept.add(unit);
            atStart = unit.is('\n');
            dropped = 0;
        }
        units = kept;
    }

    /** Lines of blanks only do not count; tabs are no indentation; an escape is the beginning of a line's text. */
    private int commonIndentation() {
        int common = Integer.MAX_VALUE;
        boolean atStart = true;
        int indentation = 0;
        for (var unit : units) {
            if (unit.is('\n')) {
                atStart = true;
                indentation = 0;
            } else if (atStart && unit.is(' ')) {
                indentation++;
            } else if (atStart) {
                common = Math.min(common, indentation);
                atStart = false;
            }
        }
        return common;
    }

    /** Blanks before the closing quotes, on a line of their own, are no part of the value. */
    private void removeLastLine() {
        int end = units.size();
        while (end > 0 && units.get(end - 1).is(' ')) {
            end--;
        }
        if (end > 0 && units.get(end - 1).is('\n')) {
            units = units.subList(0, end);
        }
    }

    private void addTo(ScriptBuilder script) {
        for (var unit : units) {
            if (unit.form == Form.FOREIGN) {
                script.appendForeign(unit.text, unit.offset);
            } else {
                script.append(unit.text, unit.offset);
            }
        }
    }

    private enum Form {
        /** It means itself. */
        PLAIN,
        /** An escape, or a constant. */
        VALUE,
        /** An antiquotation. */
        FOREIGN
    }

    /**
     * What is one character of the value, an escape of several, or an antiquotation.
     *
     * @param offset where it stands in the file
     */
    private record Unit(String text, int offset, Form form) {
        boolean is(char c) {
            return form == Form.PLAIN && text.charAt(0) == c;
        }
    }
}
