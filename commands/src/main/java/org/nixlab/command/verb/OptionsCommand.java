package org.nixlab.command.verb;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.nixlab.base.LabException;
import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.Session;
import org.nixlab.command.display.Listing;
import org.nixlab.command.display.Style;
import org.nixlab.command.text.Columns;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.lab.system.Progress;
import org.nixlab.model.NearNames;
import org.nixlab.model.option.OptionDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "Examples:",
            "  options                          all that the machines of this lab know, or Debian machines",
            "  options httpd                    those with 'httpd' in their names",
            "  options services.httpd.enable    one explained",
            "  options virtualisation -o json",
        })
final class OptionsCommand implements Action {
    private static final int LONGEST_CELL = 40;

    @Parameters(arity = "0..1", paramLabel = "PATTERN", description = "A part of the name; * stands for anything.")
    Optional<String> pattern = Optional.empty();

    @Mixin
    final OutputOption output = new OutputOption();

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        var all = all(context);
        var found = pattern.map(text -> matching(all, text)).orElse(all);
        if (found.isEmpty()) {
            var wanted = pattern.orElse("");
            var near =
                    NearNames.of(wanted, all.stream().map(OptionDocument::name).toList());
            throw LabException.input(
                    "no supported option matches '" + wanted + "'",
                    "",
                    near.isEmpty() ? "'options' lists all" : "did you mean '" + near.get(0) + "'?");
        }
        var out = context.display().out();
        if (found.size() == 1 && output.format == Listing.Format.TABLE) {
            out.print(explanation(found.get(0), out.style()));
        } else {
            listing().print(found, output.format, out);
        }
        return Outcome.of(found);
    }

    private List<OptionDocument> all(Context context) {
        var session = context.session();
        var deadline = timeout.deadline(Session.LOADING);
        if (saysNothing(session.choice())) {
            session.comeBack(Progress.NONE);
        }
        if (session.current().isPresent()) {
            return context.lab().options(deadline);
        }
        return session.labs()
                .options(session.choice().guestSystem(), session.choice().nix(), deadline);
    }

    private static boolean saysNothing(Session.Choice choice) {
        return choice.guestSystem() == GuestSystem.AUTO && choice.nix().equals(NixOptions.NONE);
    }

    /** An exact name is meant alone, though others may contain it. */
    private static List<OptionDocument> matching(List<OptionDocument> all, String pattern) {
        var exact = all.stream().filter(option -> option.name().equals(pattern)).toList();
        if (!exact.isEmpty()) {
            return exact;
        }
        var lower = pattern.toLowerCase(Locale.ROOT);
        var parts = lower.split("\\*", -1);
        return all.stream()
                .filter(option -> containsInOrder(option.name().toLowerCase(Locale.ROOT), parts))
                .toList();
    }

    private static boolean containsInOrder(String name, String[] parts) {
        int from = 0;
        for (var part : parts) {
            int at = name.indexOf(part, from);
            if (at < 0) {
                return false;
            }
            from = at + part.length();
        }
        return true;
    }

    private static Listing<OptionDocument> listing() {
        return new Listing<OptionDocument>()
                .column("OPTION", "name", OptionDocument::name)
                .column("TYPE", "type", OptionDocument::type, option -> cell(option.type()))
                .column("DEFAULT", "default", OptionDocument::defaultText, option -> cell(option.defaultText()))
                .column("", "example", OptionDocument::example)
                .column("", "description", OptionDocument::description)
                .column("", "renamedFrom", OptionDocument::renamedFrom);
    }

    private static String cell(String text) {
        var line = text.replaceAll("\\s+", " ");
        return Columns.of(line) > LONGEST_CELL
                ? line.substring(0, Columns.fitting(line, LONGEST_CELL - 1)) + "…"
                : line;
    }

    private static String explanation(OptionDocument option, Style style) {
        var text = new StringBuilder(style.bold(option.name()) + "\n");
        field(text, "", option.description().strip());
        field(text, "Type:    ", option.type());
        field(text, "Default: ", option.defaultText().isEmpty() ? "none, it must be set" : option.defaultText());
        field(text, "Example: ", option.example());
        field(text, "Formerly ", option.renamedFrom());
        return text.toString();
    }

    private static void field(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append("  ").append(name).append(value.replace("\n", "\n  ")).append("\n");
        }
    }
}
