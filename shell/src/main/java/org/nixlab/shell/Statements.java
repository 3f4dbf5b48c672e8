package org.nixlab.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.nixlab.command.ByteOrderMark;
import org.nixlab.command.Verb;

/**
 * Parts a text of several lines, such as one that was pasted, into what is run in turn. Unlike with lines that come one by
 * one, it is known what follows.
 */
final class Statements {
    /** What can only go on with Groovy of the line before. */
    private static final Pattern GOES_ON =
            Pattern.compile("(?s)\\s*(\\?\\.|\\*\\.\\w|\\.\\w|(else|catch|finally)\\b).*");

    private final Function<String, Line> route;
    private final List<String> lines;

    private Statements(List<String> lines, Function<String, Line> route) {
        this.lines = lines;
        this.route = route;
    }

    /**
     * Returns the statements in order, without empty lines between them; only the last can be one that needs more.
     *
     * @param route tells what a line is
     */
    static List<String> of(String text, Function<String, Line> route) {
        return new Statements(ByteOrderMark.without(text).lines().toList(), route).all();
    }

    private List<String> all() {
        var statements = new ArrayList<String>();
        for (int begin = 0; begin < lines.size(); ) {
            if (lines.get(begin).isBlank()) {
                begin++;
                continue;
            }
            int end = end(begin);
            statements.add(joined(begin, end));
            begin = end;
        }
        return statements;
    }

    private int end(int begin) {
        var first = route.apply(lines.get(begin));
        if (first instanceof Line.Groovy) {
            return endOfGroovy(begin);
        }
        boolean guest = first instanceof Line.MachineFirst
                || first instanceof Line.Command command && isExec(command.word())
                || first instanceof Line.Forced forced && isExec(forced.word());
        return guest ? endForGuest(begin) : begin + 1;
    }

    private int endOfGroovy(int begin) {
        int end = begin + 1;
        while (end < lines.size() && (ShellParser.needsMore(route.apply(joined(begin, end))) || goesOn(end))) {
            end++;
        }
        return end;
    }

    private boolean goesOn(int line) {
        return GOES_ON.matcher(lines.get(line)).matches();
    }

    /** A guest's shell reads on while a quote is open; one that is never closed is the mistake of its own line. */
    private int endForGuest(int begin) {
        char open = 0;
        for (int end = begin; end < lines.size(); end++) {
            open = openAfter(lines.get(end) + "\n", open);
            if (open == 0) {
                return end + 1;
            }
        }
        return begin + 1;
    }

    private static boolean isExec(String word) {
        return word.equals(Verb.EXEC.word());
    }

    /** Returns the quote that is open behind a line with its end, a backslash for an end that is escaped, or 0. */
    private static char openAfter(String line, char before) {
        char quote = before == '\\' ? 0 : before;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'') {
                i++;
                if (quote == 0 && i == line.length() - 1) {
                    return c;
                }
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            }
        }
        return quote;
    }

    private String joined(int begin, int end) {
        return String.join("\n", lines.subList(begin, end));
    }
}
