package org.nixlab.shell.script;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.nixlab.command.Context;
import org.nixlab.command.verb.Verb;
import org.nixlab.command.verb.Verbs;

/**
 * Verbs as methods: {@code exec(web, 'uname -r', timeout: 5)} becomes the words of the command line and gives its value,
 * or what it printed. Messages on how long verbs go on are shown; what guests print is only returned.
 */
final class Verbally {
    private Verbally() {}

    static Object run(String word, Object[] arguments, Context context) {
        var verb = Verb.of(word).orElseThrow();
        var printed = new Printed();
        var display = context.display().withOut(printed);
        var talks = verb == Verb.EXEC || verb == Verb.LOGS;
        var quiet = context.on(talks ? display.withoutMessages() : display);
        var outcome = Verbs.run(verb, words(arguments), quiet.keepingOutput());
        return outcome.value().or(printed::text).orElse(null);
    }

    private static List<String> words(Object[] arguments) {
        var words = new ArrayList<String>();
        for (var argument : arguments) {
            if (argument instanceof Map<?, ?> options) {
                options.forEach((name, value) -> option(words, name.toString(), value));
            }
        }
        for (var argument : arguments) {
            if (!(argument instanceof Map<?, ?>)) {
                words.add(word(argument));
            }
        }
        return words;
    }

    private static void option(List<String> words, String name, Object value) {
        var option = "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        if (value instanceof Map<?, ?> pairs) {
            pairs.forEach((key, each) -> words.add(option + "=" + key + "=" + each));
        } else if (Boolean.TRUE.equals(value)) {
            words.add(option);
        } else if (!Boolean.FALSE.equals(value)) {
            words.add(option + "=" + value);
        }
    }

    private static String word(Object argument) {
        if (argument instanceof ScriptMachine machine) {
            return machine.getName();
        }
        if (argument instanceof Iterable<?> several && !(argument instanceof Path)) {
            return StreamSupport.stream(several.spliterator(), false)
                    .map(Verbally::word)
                    .collect(Collectors.joining(","));
        }
        return String.valueOf(argument);
    }
}
