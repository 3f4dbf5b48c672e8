package org.nixlab.command.verb;

import java.util.Optional;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option in a word whose values stand in the words behind it, as picocli finds it. For who must know what a word is
 * before there is a whole line that picocli could read.
 *
 * @param option what it is
 * @param least how many of the words behind it are its values in any case
 * @param most how many can be, as long as none of them looks like an option
 */
public record PendingOption(OptionSpec option, int least, int most) {
    /** Returns the option of a word, unless it takes no values or has its only one in the word itself. */
    public static Optional<PendingOption> in(String word, CommandSpec spec) {
        var options = spec.optionsMap();
        var separator = word.indexOf(spec.parser().separator());
        if (options.containsKey(word)) {
            return of(options.get(word), 0);
        }
        if (separator > 0 && options.containsKey(word.substring(0, separator))) {
            return of(options.get(word.substring(0, separator)), 1);
        }
        return word.startsWith("-") && !word.startsWith("--") ? inCluster(word, spec) : Optional.empty();
    }

    /** Short options may stand in one word; the first that takes a value has what follows it there. */
    private static Optional<PendingOption> inCluster(String word, CommandSpec spec) {
        for (int i = 1; i < word.length(); i++) {
            var option = spec.optionsMap().get("-" + word.charAt(i));
            if (option == null) {
                return Optional.empty();
            }
            if (option.arity().max() > 0) {
                return of(option, i + 1 < word.length() ? 1 : 0);
            }
        }
        return Optional.empty();
    }

    private static Optional<PendingOption> of(OptionSpec option, int attached) {
        int most = option.arity().max() - attached;
        return most <= 0
                ? Optional.empty()
                : Optional.of(
                        new PendingOption(option, Math.max(0, option.arity().min() - attached), most));
    }
}
