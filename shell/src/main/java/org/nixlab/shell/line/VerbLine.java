package org.nixlab.shell.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.LabException;
import org.nixlab.command.verb.PendingOption;
import org.nixlab.command.verb.Verb;
import org.nixlab.command.verb.Verbs;
import picocli.CommandLine;

/**
 * A line for a verb, read to its end.
 *
 * @param model the verb's, not run yet
 * @param words the verb's; what goes to a guest's shell is one of them
 * @param host a command for the host's shell that reads the output, or words that begin with {@code >} for a file, if there
 *     is one
 */
public record VerbLine(CommandLine model, List<String> words, Optional<String> host) {
    /**
     * Reads what stands behind a verb.
     *
     * @throws LabException (usage) if a quote is not closed
     */
    public static VerbLine of(Verb verb, String text) {
        var model = Verbs.model(verb);
        return verb == Verb.EXEC ? ofExec(model, text) : ofCommand(model, text);
    }

    private static VerbLine ofCommand(CommandLine model, String text) {
        var reader = WordReader.ofCommand(text);
        var words = new ArrayList<String>();
        while (reader.hasWord()) {
            words.add(reader.word());
        }
        return new VerbLine(model, words, reader.host());
    }

    /** Reads options, the selector, and then, byte for byte, what goes to the guest's shell. */
    static VerbLine ofExec(CommandLine model, String text) {
        var reader = WordReader.ofGuest(text);
        var words = new ArrayList<String>();
        while (reader.hasOption()) {
            var word = reader.word();
            words.add(word);
            if (word.equals(model.getCommandSpec().parser().endOfOptionsDelimiter())) {
                break;
            }
            PendingOption.in(word, model.getCommandSpec()).ifPresent(option -> readValues(option, reader, words));
        }
        if (reader.hasWord()) {
            addUnlessEmpty(reader.word(), words);
        }
        addUnlessEmpty(forGuest(reader.rest()), words);
        return new VerbLine(model, words, reader.host());
    }

    private static void readValues(PendingOption option, WordReader reader, List<String> words) {
        for (int i = 0; i < option.most() && reader.hasWord() && (i < option.least() || !reader.hasOption()); i++) {
            words.add(reader.word());
        }
    }

    private static void addUnlessEmpty(String word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word);
        }
    }

    /** Reads what stands behind a machine. */
    public static VerbLine ofMachine(String machine, String text) {
        var reader = WordReader.ofGuest(text);
        return new VerbLine(Verbs.model(Verb.EXEC), List.of(machine, forGuest(reader.rest())), reader.host());
    }

    private static String forGuest(String tail) {
        // As one-shot: "--" only says that no option follows.
        var text = tail.startsWith("-- ") ? tail.substring(3).stripLeading() : tail;
        return isOneQuotedWord(text) ? text.substring(1, text.length() - 1) : text;
    }

    private static boolean isOneQuotedWord(String text) {
        char quote = text.isEmpty() ? 0 : text.charAt(0);
        if (quote != '\'' && quote != '"') {
            return false;
        }
        int end = 1;
        while (end < text.length() && text.charAt(end) != quote) {
            end += quote == '"' && text.charAt(end) == '\\' ? 2 : 1;
        }
        return end == text.length() - 1;
    }
}
