package org.nixlab.convert;

/** Breaks statements that are too long for a line at the places that allow it, the outermost ones only. */
final class Layout {
    /** Behind an opening bracket of a call, and before its closing one; nothing, or the end of a line. */
    static final char OPEN = '\uFDD2';

    static final char CLOSE = '\uFDD3';

    /** Between two arguments; a blank, or the end of a line. */
    static final char GAP = '\uFDD4';

    private static final int WIDTH = 120;
    private static final String STEP = "    ";

    private Layout() {}

    static String arguments(Iterable<String> arguments) {
        return OPEN + String.join("," + GAP, arguments) + CLOSE;
    }

    /** Returns a statement with its lines broken, each but the first behind an indentation. */
    static String lines(String statement, String indentation) {
        var single = single(statement);
        boolean breakable = statement.indexOf(GAP) >= 0 && single.indexOf('\n') < 0;
        return breakable && indentation.length() + single.length() > WIDTH ? broken(statement, indentation) : single;
    }

    /** Returns text for where no line may end. */
    static String single(String text) {
        return text.replace(String.valueOf(OPEN), "")
                .replace(String.valueOf(CLOSE), "")
                .replace(GAP, ' ');
    }

    private static String broken(String statement, String indentation) {
        var lines = new StringBuilder();
        int depth = 0;
        for (char c : statement.toCharArray()) {
            depth -= c == CLOSE ? 1 : 0;
            boolean ends = depth == 0 && c != GAP || depth == 1 && c == GAP;
            depth += c == OPEN ? 1 : 0;
            if (c == OPEN || c == CLOSE || c == GAP) {
                lines.append(ends ? "\n" + indentation + (c == CLOSE ? "" : STEP) : c == GAP ? " " : "");
            } else {
                lines.append(c);
            }
        }
        return lines.toString();
    }
}
