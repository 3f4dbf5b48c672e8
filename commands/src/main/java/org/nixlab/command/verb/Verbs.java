package org.nixlab.command.verb;

import java.nio.file.InvalidPathException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.display.Style;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs verbs. Picocli's model of a verb is made when that verb is used, and only of that one. */
public final class Verbs {
    private static final int HELP_WIDTH = 90;
    /** What stands behind the machine belongs to the guest or to QEMU, what looks like options included. */
    private static final Set<Verb> OPTIONS_FIRST = EnumSet.of(Verb.EXEC, Verb.SCRIPT, Verb.QMP, Verb.HMP, Verb.TYPE);

    private Verbs() {}

    /**
     * Runs a verb with its words.
     *
     * @throws LabException (usage) if the words are wrong
     */
    public static Outcome run(Verb verb, List<String> words, Context context) {
        return run(model(verb), words, context);
    }

    /**
     * Runs a verb by a model of it that {@link #model} gave and that was not run before.
     *
     * @throws LabException (usage) if the words are wrong
     */
    public static Outcome run(CommandLine model, List<String> words, Context context) {
        try {
            var parsed = model.parseArgs(words.toArray(String[]::new));
            if (parsed.isUsageHelpRequested()) {
                context.display()
                        .out()
                        .print(help(model, context.display().out().style()));
                return Outcome.OK;
            }
        } catch (ParameterException e) {
            throw usage(model.getCommandName(), e);
        }
        Action action = model.getCommand();
        try {
            return action.run(context);
        } catch (InvalidPathException e) {
            throw new LabException(
                    ExitCode.USAGE, "'" + e.getInput() + "' can be no name of a file: " + e.getReason(), "", "", e);
        }
    }

    /** Returns a new model of a verb, for reading its words, for help and for completion. */
    public static CommandLine model(Verb verb) {
        var model = new CommandLine(verb.create());
        model.getCommandSpec().name(verb.word());
        model.getCommandSpec().usageMessage().description(description(verb));
        model.getCommandSpec().usageMessage().width(HELP_WIDTH);
        model.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
        model.setCaseInsensitiveEnumValuesAllowed(true);
        model.setStopAtPositional(OPTIONS_FIRST.contains(verb));
        return model;
    }

    /** Returns the help of a verb with its examples. */
    public static String help(Verb verb, Style style) {
        return help(model(verb), style);
    }

    private static String help(CommandLine model, Style style) {
        return model.getUsageMessage(style.on() ? Ansi.ON : Ansi.OFF);
    }

    private static String description(Verb verb) {
        var summary = verb.summary();
        var sentence = Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + ".";
        return verb.aliases().isEmpty() ? sentence : sentence + " Also: " + String.join(", ", verb.aliases()) + ".";
    }

    private static LabException usage(String verb, ParameterException e) {
        var hint = "'help " + verb + "' shows how it is used";
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            hint = "did you mean '" + unmatched.getSuggestions().get(0) + "'?";
        }
        var message = e.getMessage().strip();
        return LabException.input(
                verb + ": " + Character.toLowerCase(message.charAt(0)) + message.substring(1), "", hint);
    }
}
