package org.nixlab.shell.line;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides what a line is. The first word decides, because nearly every command line is valid Groovy, too. Knows the names
 * of commands and machines, and nothing else.
 */
public final class LineRouter {
    /** '|', '>' and '>>' are not among them: on command lines they are the host's. */
    private static final Set<String> OPERATORS = Set.of("""
            == != === !== =~ ==~ < <= >= <=> + - * / % ** ^ & && || ? ?: .. ..< <..
            << >>> -> += -= *= /= %= **= |= &= ^= <<= >>= >>>= ?=
            in as instanceof !in !instanceof""".split("\\s+"));

    /** Operators that are arguments, too: standard input, all machines, the root directory, any one character. */
    private static final Set<String> ARGUMENTS = Set.of("-", "*", "/", "?");

    private final Predicate<String> isCommand;
    private final Predicate<String> isVariable;

    /** @param isVariable whether a word has a value in Groovy at this moment; most command words have none */
    public LineRouter(Predicate<String> isCommand, Predicate<String> isVariable) {
        this.isCommand = isCommand;
        this.isVariable = isVariable;
    }

    /**
     * @param line what was typed, perhaps several lines
     * @param machines the names of the machines there are now
     */
    public Line route(String line, Collection<String> machines) {
        var text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return new Line.Blank();
        }
        if (text.startsWith("!")) {
            return new Line.Host(text.substring(1).strip());
        }
        if (text.startsWith("=")) {
            return new Line.Groovy(text.substring(1).strip());
        }
        if (text.startsWith(":")) {
            var command = text.substring(1).strip();
            int end = wordEnd(command);
            return new Line.Forced(
                    command.substring(0, end), command.substring(end).strip());
        }
        var inDomain = machineInDomain(text, machines);
        var word = inDomain.orElse(text.substring(0, wordEnd(text)));
        var behind = text.substring(word.length());
        if (isCommand.test(word) && isCommandLine(word, behind, machines)) {
            return new Line.Command(word, behind.strip());
        }
        if (machines.contains(word) && isMachineLine(behind, machines)) {
            return new Line.MachineFirst(word, behind.strip());
        }
        if (machines.contains(word) && (word.contains("-") || inDomain.isPresent())) {
            return new Line.Groovy(word.replace('-', '_').replace('.', '_') + behind);
        }
        return new Line.Groovy(text);
    }

    /** Returns the machine that a line begins with, of those whose name says a domain. */
    private static Optional<String> machineInDomain(String text, Collection<String> machines) {
        return machines.stream()
                .filter(name -> name.contains(".") && text.startsWith(name))
                .filter(name -> text.length() == name.length() || !isWordCharacter(text.charAt(name.length())))
                .max(Comparator.comparing(String::length));
    }

    private static int wordEnd(String text) {
        int end = 0;
        while (end < text.length() && isWordCharacter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isWordCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }

    private boolean isCommandLine(String word, String behind, Collection<String> machines) {
        if (behind.isEmpty()) {
            return true;
        }
        if (!Character.isWhitespace(behind.charAt(0))) {
            // "status|less" and "status>file"; anything else right behind the word makes it an expression.
            return (behind.startsWith("|") && !behind.startsWith("||") && !behind.startsWith("|="))
                    || (behind.startsWith(">") && !behind.startsWith(">="));
        }
        var rest = behind.strip();
        if (rest.startsWith("{")) {
            // A method is given a block, as the check of scenarios is.
            return false;
        }
        boolean argument = ARGUMENTS.contains(firstWord(rest)) && !isVariable.test(word);
        return argument || !continuesExpression(rest, machines);
    }

    /** Returns whether what follows a name and a blank makes both an expression. */
    private static boolean continuesExpression(String rest, Collection<String> machines) {
        if (rest.startsWith("=") && !rest.startsWith("==")) {
            return true;
        }
        var first = firstWord(rest);
        boolean more = first.length() < rest.length();
        if (first.endsWith(",") && more) {
            // A method call without brackets: exec web, 'uname'.
            return true;
        }
        return more && OPERATORS.contains(first) && !machines.contains(first);
    }

    private static String firstWord(String text) {
        int blank = 0;
        while (blank < text.length() && !Character.isWhitespace(text.charAt(blank))) {
            blank++;
        }
        return text.substring(0, blank);
    }

    private static boolean isMachineLine(String behind, Collection<String> machines) {
        if (behind.isEmpty() || !Character.isWhitespace(behind.charAt(0))) {
            return false;
        }
        var rest = behind.strip();
        return !rest.isEmpty() && beginsPlainWord(rest) && !continuesExpression(rest, machines);
    }

    private static boolean beginsPlainWord(String rest) {
        char c = rest.charAt(0);
        return Character.isLetterOrDigit(c)
                || "_/~$'\"".indexOf(c) >= 0
                || rest.startsWith("./")
                || rest.startsWith("../");
    }
}
