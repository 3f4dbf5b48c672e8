package org.nixlab.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.lab.Lab;
import org.nixlab.lab.Progress;
import org.nixlab.machine.CopyProgress;
import org.nixlab.model.Machine;
import org.nixlab.model.Selector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "A path in a machine is written MACHINE:PATH. Directories go with all that is in them.",
            "A directory as target, or one written with a final slash, receives the source under its",
            "own name. A file of the host whose name has a colon is written with './' before it.",
            "",
            "Examples:",
            "  copy index.html web:/var/www/",
            "  copy web:/var/log/httpd .",
            "  copy site/ conf/ web*:/srv/",
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
        var lab = context.session().lab(Progress.NONE);
        var places = words.stream().map(Place::of).toList();
        var sources = places.subList(0, places.size() - 1);
        var target = places.get(places.size() - 1);
        var deadline = timeout.deadline(TimeoutOption.NO_LIMIT);
        try (var progress = ProgressDisplay.of(context.display())) {
            for (var source : sources) {
                if (target.machines.isPresent() == source.machines.isPresent()) {
                    throw LabException.input(
                            "copy goes between the host and a machine",
                            source.path + " -> " + target.path,
                            "write one side as MACHINE:PATH; between machines copy in two steps");
                }
                if (target.machines.isPresent()) {
                    var path = sources.size() > 1 && !target.path.endsWith("/") ? target.path + "/" : target.path;
                    copyIn(context.session().directory().resolve(source.path), path, target, lab, progress, deadline);
                } else {
                    copyOut(source, into(context.session().directory(), source, target), lab, progress, deadline);
                }
            }
        }
        return Outcome.OK;
    }

    private static void copyIn(Path source, String path, Place target, Lab lab, Progress progress, Deadline deadline) {
        if (!Files.exists(source)) {
            throw LabException.input("there is no file '" + source + "' on the host", "", "");
        }
        var chosen = target.machines.orElseThrow().select(lab.network());
        Everywhere.values(Everywhere.run(chosen, machine -> {
            var what = source.getFileName() + " to " + machine.name();
            lab.machine(machine.name()).copyIn(source, path, show(what, progress), deadline);
            progress.step(what, "", 1);
            return machine;
        }));
    }

    private static void copyOut(Place source, Path target, Lab lab, Progress progress, Deadline deadline) {
        var chosen = source.machines.orElseThrow().select(lab.network());
        if (chosen.size() > 1) {
            throw LabException.input(
                    "copy: files of several machines would overwrite each other",
                    source.path,
                    "copy from one of: "
                            + String.join(
                                    " ", chosen.stream().map(Machine::name).toList()));
        }
        var name = chosen.get(0).name();
        var what = source.path + " from " + name;
        lab.machine(name).copyOut(source.path, target, show(what, progress), deadline);
        progress.step(what, "", 1);
    }

    /** A Path cannot say that it ends with a slash, so the name is added here. */
    private static Path into(Path directory, Place source, Place target) {
        var path = directory.resolve(target.path);
        return target.path.endsWith("/") ? path.resolve(Path.of(source.path).getFileName()) : path;
    }

    private static CopyProgress show(String what, Progress progress) {
        return (done, total) -> progress.step(
                what,
                SizeText.format(done) + (total < 0 ? "" : " of " + SizeText.format(total)),
                // Done is said when all is checked and in its place.
                total <= 0 ? -1 : Math.min(0.99, (double) done / total));
    }

    private record Place(Optional<Selector> machines, String path) {
        static Place of(String word) {
            int colon = word.indexOf(':');
            if (colon <= 0 || word.lastIndexOf('/', colon) >= 0) {
                return new Place(Optional.empty(), word);
            }
            var path = word.substring(colon + 1);
            return new Place(Optional.of(new Selector(word.substring(0, colon))), path.isEmpty() ? "./" : path);
        }
    }
}
