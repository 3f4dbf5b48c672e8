package org.nixlab.shell.completion;

import java.util.List;

import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.nixlab.command.verb.PendingOption;
import org.nixlab.command.verb.Topic;
import org.nixlab.command.verb.Verb;
import org.nixlab.command.verb.Verbs;
import org.nixlab.lab.system.GuestSystem;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.shell.jline3.PicocliJLineCompleter;

/** Offers commands, options, machines, files and Groovy names, by what the line begins with. */
public final class ShellCompleter implements Completer {
    private final Names names;

    public ShellCompleter(Names names) {
        this.names = names;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        var words = line.words();
        var typed = words.get(line.wordIndex());
        // Blanks before the first word leave an empty one.
        int first = words.get(0).isEmpty() && words.size() > 1 ? 1 : 0;
        var choices = new Choices(typed, candidates);
        if (line.wordIndex() == first) {
            firstWord(typed, choices, candidates);
            return;
        }
        var word = words.get(first).startsWith(":") ? words.get(first).substring(1) : words.get(first);
        var verb = Verb.of(word);
        if (verb.isPresent() && !isAssignment(words, first)) {
            arguments(verb.get(), new Arguments(line, first + 1), choices, candidates);
        } else if (!names.machines().contains(word)) {
            groovy(typed, candidates);
        }
    }

    private static boolean isAssignment(List<String> words, int first) {
        return words.get(first + 1).equals("=");
    }

    private void firstWord(String typed, Choices choices, List<Candidate> candidates) {
        if (typed.startsWith(":")) {
            Verb.allWords().forEach(word -> choices.word(":" + word, "commands", ""));
            return;
        }
        if (typed.matches(".*[.(\\[=].*")) {
            groovy(typed, candidates);
            return;
        }
        for (var verb : Verb.values()) {
            choices.word(verb.word(), "commands", verb.summary());
        }
        names.machines().forEach(name -> choices.word(name, "machines", ""));
        names.variables().forEach(name -> choices.beginning(name, "variables"));
    }

    /** The last name of an expression, with what stands before it unchanged. */
    private void groovy(String typed, List<Candidate> candidates) {
        int begin = typed.length();
        while (begin > 0
                && (Character.isJavaIdentifierPart(typed.charAt(begin - 1)) || typed.charAt(begin - 1) == '.')) {
            begin--;
        }
        var before = typed.substring(0, begin);
        var name = typed.substring(begin);
        var choices = new Choices(typed, candidates);
        int dot = name.indexOf('.');
        if (dot < 0) {
            names.variables().forEach(variable -> choices.beginning(before + variable, "variables"));
        } else if (name.indexOf('.', dot + 1) < 0) {
            var variable = name.substring(0, dot);
            names.members(variable).forEach(member -> choices.beginning(before + variable + "." + member, "members"));
        }
    }

    private void arguments(Verb verb, Arguments arguments, Choices choices, List<Candidate> candidates) {
        var spec = Verbs.model(verb).getCommandSpec();
        var before = arguments.words().subList(0, arguments.wordIndex());
        var last = before.isEmpty() ? "" : before.get(before.size() - 1);
        var option = PendingOption.in(last, spec);
        if (option.isPresent()) {
            value(option.get().option(), choices);
            return;
        }
        int position = positionals(spec, before);
        // What stands behind exec's machine is the guest's.
        if (verb == Verb.EXEC && position > 0) {
            return;
        }
        if (choices.typed().startsWith("-")) {
            new PicocliJLineCompleter(spec).complete(null, arguments, candidates);
            return;
        }
        spec.positionalParameters().stream()
                .filter(each -> each.index().contains(position))
                .forEach(each -> value(each, choices));
    }

    private static int positionals(CommandSpec spec, List<String> before) {
        int count = 0;
        for (int i = 0; i < before.size(); i++) {
            if (PendingOption.in(before.get(i), spec).isPresent()) {
                i++;
            } else if (!before.get(i).startsWith("-")) {
                count++;
            }
        }
        return count;
    }

    private void value(ArgSpec argument, Choices choices) {
        switch (argument.paramLabel()) {
            case "MACHINE" -> choices.selectors(names);
            case "FILE", "ARG" -> choices.files(names.directory());
            case "SOURCE... TARGET" -> {
                choices.files(names.directory());
                names.machines().forEach(name -> choices.beginning(name + ":", "machines"));
            }
            case "TOPIC" -> {
                Verb.allWords().forEach(word -> choices.word(word, "commands", ""));
                Topic.names().forEach(name -> choices.word(name, "topics", ""));
            }
            case "FORMAT" -> List.of("table", "json").forEach(format -> choices.word(format, "", ""));
            case "SYSTEM" -> List.of(GuestSystem.values()).forEach(system -> choices.word(system.word(), "", ""));
            case "PATTERN" -> choices.attributePaths(names.options());
            case "PATH" -> {
                if (argument.isPositional()) {
                    choices.attributePaths(names.options());
                }
            }
            case "config" -> choices.word("config", "", "its evaluated configuration");
            case "list|prune" -> List.of("list", "prune").forEach(task -> choices.word(task, "", ""));
            default -> {
                // Free text has nothing to offer.
            }
        }
    }
}
