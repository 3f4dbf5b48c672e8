package org.nixlab.command.verb;

import java.util.ArrayList;
import java.util.List;

import org.nixlab.base.LabException;
import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.display.ProgressDisplay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "A path in a machine is written MACHINE:PATH. Directories go with all that is in them, but",
            "not pipes, sockets, devices and the disks of labs; links in them stay links. A directory",
            "as target, or one written with a final slash, receives the source under its own name. A",
            "file that is there keeps its owner and mode. A file of the host whose name has a colon is",
            "written with './' before it.",
            "",
            "Examples:",
            "  copy index.html web:/var/www/",
            "  copy web:/var/log/httpd .",
            "  copy site/ conf/ web*:/srv/",
            "  copy web:/etc/motd db,mail:/etc/       from machine to machine",
            "  copy - web:/etc/motd                   what comes on the standard input",
            "  copy web:/etc/passwd - |> cut -d: -f1",
        })
final class CopyCommand implements Action {
    @Parameters(
            arity = "2..*",
            paramLabel = "SOURCE... TARGET",
            hideParamSyntax = true,
            description = "Paths on the host, or MACHINE:PATH.")
    List<String> words = new ArrayList<>();

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        var lab = context.lab();
        var places = words.stream().map(CopyPlace::of).toList();
        var sources = places.subList(0, places.size() - 1);
        var target = places.get(places.size() - 1);
        var deadline = timeout.deadline(TimeoutOption.NO_LIMIT);
        try (var progress = ProgressDisplay.of(context.display())) {
            for (var source : sources) {
                copy(source, target, sources.size() > 1, new Copying(context, lab, progress, deadline));
            }
        }
        return Outcome.OK;
    }

    private static void copy(CopyPlace source, CopyPlace target, boolean amongSeveral, Copying copying) {
        var into = amongSeveral && !target.path().endsWith("/") ? target.path() + "/" : target.path();
        if (source.machines().isEmpty() && target.machines().isEmpty()) {
            throw LabException.input(
                    "copy goes into machines or out of one",
                    source.path() + " -> " + target.path(),
                    "write MACHINE:PATH");
        }
        if (source.isStream()) {
            copying.fromInput(target);
        } else if (target.isStream()) {
            copying.toOutput(source);
        } else if (source.machines().isEmpty()) {
            copying.in(copying.onHost(source.path()), into, target);
        } else if (target.machines().isEmpty()) {
            copying.out(source, copying.into(into));
        } else {
            copying.across(source, into, target);
        }
    }
}
