package org.nixlab.command.verb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.nixlab.base.CancelledException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.Session;
import org.nixlab.command.display.Listing;
import org.nixlab.command.display.ProgressDisplay;
import org.nixlab.command.text.Columns;
import org.nixlab.command.text.Count;
import org.nixlab.lab.system.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "Each is read as 'load' would read it, and none becomes a lab. Nothing is built.",
            "One that does not load stops no other; it ends with 3 then. --timeout is for each.",
            "",
            "Examples:",
            "  check web.nix tests.nix#nginx .#lab",
            "  check --guest nixos --nixpkgs nixpkgs web.nix",
            "  check -o json web.nix db.nix",
        })
final class CheckCommand implements Action {
    private static final int LONGEST_CELL = 160;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Network files, or outputs of flakes (.#lab).")
    List<String> files = new ArrayList<>();

    @Mixin
    final LoadMixin network = new LoadMixin();

    @Mixin
    final OutputOption output = new OutputOption();

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        FileChecks checks;
        boolean all;
        try (var progress = ProgressDisplay.of(context.display())) {
            checks = new FileChecks(files, file -> check(file, context.session()), progress);
            all = checks.run();
        }
        var found = checks.found();
        print(found, context);
        checks.requireNoFailure();
        if (!all) {
            Thread.currentThread().interrupt();
            throw new CancelledException("the check");
        }
        return new Outcome(exitCode(found), Optional.of(facts(found)));
    }

    private FileCheck check(String file, Session session) {
        var notes = Collections.synchronizedList(new ArrayList<String>());
        var deadline = timeout.deadline(Session.LOADING);
        var checked = session.labs().check(network.over(session.request(file)), Progress.noting(notes::add), deadline);
        return new FileCheck(file, checked, notes);
    }

    private void print(List<FileCheck> found, Context context) {
        var out = context.display().out();
        if (output.format == Listing.Format.JSON) {
            listing(context.session().directory()).print(found, output.format, out);
            context.display().message(totals(found));
            return;
        }
        if (!found.isEmpty()) {
            listing(context.session().directory()).print(found, output.format, out);
        }
        context.display().result(totals(found));
    }

    private String totals(List<FileCheck> found) {
        long loading = found.stream().filter(FileCheck::loads).count();
        var count = Count.of(files.size(), "file");
        var checked = found.size() == files.size() ? count : found.size() + " of " + count;
        return checked + ": " + loading + " ok, " + (found.size() - loading) + " not";
    }

    private Listing<FileCheck> listing(Path directory) {
        return new Listing<FileCheck>()
                .column("FILE", "file", FileCheck::file)
                .column(
                        "GUEST",
                        "guest",
                        check -> check.facts().get("guest"),
                        check -> cell(check.facts().get("guest")))
                .column("MACHINES", "machines", check -> check.facts().get("machines"), CheckCommand::machines)
                .column(
                        "RESULT",
                        "loads",
                        FileCheck::loads,
                        check -> network.nix.all ? check.line(directory) : shortened(check.line(directory)))
                .column("", "complaint", check -> check.facts().get("complaint"))
                .column("", "place", check -> check.facts().get("place"))
                .column("", "hint", check -> check.facts().get("hint"))
                .column("", "notes", FileCheck::notes);
    }

    private static String cell(Object value) {
        return value == null ? "-" : value.toString();
    }

    private static String machines(FileCheck check) {
        return check.checked()
                .network()
                .map(network -> String.valueOf(network.machines().size()))
                .orElse("-");
    }

    private static String shortened(String line) {
        return Columns.of(line) > LONGEST_CELL
                ? line.substring(0, Columns.fitting(line, LONGEST_CELL - 1)) + "…"
                : line;
    }

    private static List<Map<String, Object>> facts(List<FileCheck> found) {
        return found.stream().map(FileCheck::facts).toList();
    }

    /** Where it is the host that fails, the files are not to blame. */
    private static ExitCode exitCode(List<FileCheck> found) {
        var codes = found.stream()
                .flatMap(check -> check.checked().complaint().stream())
                .map(LabException::exitCode)
                .toList();
        return codes.isEmpty()
                ? ExitCode.OK
                : codes.contains(ExitCode.HOST_FAILED) ? ExitCode.HOST_FAILED : ExitCode.BUILD_FAILED;
    }
}
