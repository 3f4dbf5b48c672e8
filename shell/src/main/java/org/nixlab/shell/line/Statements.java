package org.nixlab.shell.line;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.nixlab.command.text.ByteOrderMark;
import org.nixlab.command.verb.Verb;

/**
 * Parts a text of several lines, such as one that was pasted, into what is run in turn. Unlike with lines that come one by
 * one, it is known what follows.
 */
public final class Statements {
    /** What can only go on with Groovy of the line before. */
    private static final Pattern GOES_ON =
            Pattern.compile("(?s)\\s*(\\?\\.|\\*\\.\\w|\\.\\w|(else|catch|finally)\\b).*");

    private static final Pattern HOST_MARK = Pattern.compile("^\\s*!");

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
    public static List<String> of(String text, Function<String, Line> route) {
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
        boolean shell = first instanceof Line.MachineFirst
                || first instanceof Line.Host
                || first instanceof Line.Command command && isExec(command.word())
                || first instanceof Line.Forced forced && isExec(forced.word());
        return shell ? endForShell(begin) : begin + 1;
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

    /** What makes a shell read on, and never ends, is the mistake of its own line. */
    private int endForShell(int begin) {
        var text = new ShellCompleteness();
        text.add(HOST_MARK.matcher(lines.get(begin)).replaceFirst(""));
        int end = begin + 1;
        while (!text.isWhole()) {
            if (end == lines.size()) {
                return begin + 1;
            }
            text.add(lines.get(end));
            end++;
        }
        return end;
    }

    private static boolean isExec(String word) {
        return word.equals(Verb.EXEC.word());
    }

    private String joined(int begin, int end) {
        return String.join("\n", lines.subList(begin, end));
    }
}
