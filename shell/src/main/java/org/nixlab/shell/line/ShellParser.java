package org.nixlab.shell.line;

import java.util.function.Function;

import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells JLine when a line needs another one, and which word the cursor is in. */
public final class ShellParser implements Parser {
    private final Function<String, Line> route;

    ShellParser(Function<String, Line> route) {
        this.route = route;
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && needsMore(route.apply(line))) {
            throw new EOFError(-1, -1, "an open bracket or quote", "");
        }
        var typed = line.substring(0, cursor);
        return route.apply(line) instanceof Line.Groovy
                ? TypedLine.ofGroovy(line, typed)
                : TypedLine.ofCommand(line, typed);
    }

    /** Returns whether a line that is typed goes on in the next one: only Groovy does. Pasted ones: {@link Statements}. */
    public static boolean needsMore(Line line) {
        return line instanceof Line.Groovy groovy && GroovyCompleteness.isIncomplete(groovy.text());
    }
}
