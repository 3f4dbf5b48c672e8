package org.nixlab.command.verb;

import java.util.Optional;

import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.Session;
import org.nixlab.command.display.ProgressDisplay;
import org.nixlab.command.text.Count;
import org.nixlab.lab.Lab;
import org.nixlab.lab.system.LoadRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "Examples:",
            "  load network.nix                  its lab is called 'network'",
            "  load --lab second network.nix     the same network once more, beside the first",
            "  load .#lab                        an output of the flake here: machines, or nixosConfigurations",
            "  load github:owner/name#lab        the same of a flake elsewhere",
            "  load --show-trace broken.nix      errors of Nix in full",
        })
final class LoadCommand implements Action {
    @Parameters(paramLabel = "FILE", description = "The network file, or an output of a flake (.#lab).")
    String file;

    @Option(names = "--lab", paramLabel = "NAME", description = "The lab's name; else the file's.")
    Optional<String> labName = Optional.empty();

    /** For a network that is named before the lines which may only look at it. */
    @Option(names = "--look", hidden = true)
    boolean look;

    @Mixin
    final LoadMixin network = new LoadMixin();

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        var request = request(context.session());
        try (var progress = ProgressDisplay.of(context.display())) {
            var deadline = timeout.deadline(Session.LOADING);
            var session = context.session();
            var lab = look ? session.look(request, progress, deadline) : session.load(request, progress, deadline);
            progress.note(summary(lab));
            return Outcome.of(lab);
        }
    }

    private LoadRequest request(Session session) {
        var request = session.request(file);
        return network.over(labName.map(request::withLabName).orElse(request));
    }

    /** Returns a line on a lab that was just loaded. */
    static String summary(Lab lab) {
        var names = lab.network().names();
        var line = lab.name() + ": " + Count.of(names.size(), "machine") + ": " + String.join(" ", names);
        return lab.ownership().owner()
                ? line
                : line + " (" + lab.ownership().holder() + " owns this lab; here you can look and talk)";
    }
}
