package org.nixlab.convert;

import java.util.ArrayList;

import org.nixlab.convert.Expression.Binary;
import org.nixlab.convert.Expression.Literal;
import org.nixlab.convert.Expression.Part;
import org.nixlab.convert.Expression.Text;

/**
 * A command for a machine's shell. The test driver puts {@link #STRICT} before each; nixlab does not, so it has to be
 * written wherever it can make a difference: with several commands, with pipes, and where the command is not seen.
 */
final class ShellCommand {
    static final String STRICT = "set -euo pipefail; ";

    private ShellCommand() {}

    /** Returns the command as the test driver would run it. */
    static Expression strict(Expression command) {
        if (isSimple(command)) {
            return command;
        }
        if (!(command instanceof Text text)) {
            return new Binary("+", Text.of(STRICT), command);
        }
        var parts = new ArrayList<Part>();
        boolean joined = !text.parts().isEmpty() && text.parts().get(0) instanceof Literal;
        parts.add(new Literal(joined ? STRICT + ((Literal) text.parts().get(0)).value() : STRICT));
        parts.addAll(text.parts().subList(joined ? 1 : 0, text.parts().size()));
        return new Text(parts, text.isLong());
    }

    /** What is put into a text is taken for a word of it. */
    private static boolean isSimple(Expression command) {
        if (command instanceof Text text) {
            var shown = new StringBuilder();
            for (var part : text.parts()) {
                shown.append(
                        part instanceof Literal literal
                                ? literal.value()
                                : part instanceof Expression.Field ? "word" : "");
            }
            return isSimple(shown.toString());
        }
        return command instanceof Binary sum
                && sum.operator().equals("+")
                && isPartOfSimple(sum.left())
                && isPartOfSimple(sum.right());
    }

    private static boolean isPartOfSimple(Expression part) {
        return !(part instanceof Text || part instanceof Binary) || isSimple(part);
    }

    /** Returns whether the options of {@link #STRICT} cannot matter: one command, no pipe. */
    static boolean isSimple(String command) {
        var text = command.strip();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == '\'') {
                quote = c == '\'' ? 0 : quote;
            } else if (c == '\\') {
                i++;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else if (text.startsWith("||", i)) {
                i++;
            } else if (text.startsWith("$(", i) || c == '`' || quote == 0 && ";|\n".indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }
}
