package org.nixlab.command.verb;

import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.Session;
import org.nixlab.command.display.ProgressDisplay;
import org.nixlab.lab.Lab;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        footer = {
            "",
            "Machines that run stay as they are until 'restart', or with --apply switch to the new configuration if they are",
            "NixOS and their hardware stays.",
            "",
            "Examples:",
            "  reload",
            "  reload --apply       change NixOS machines that run",
            "  restart web          take over what changed",
        })
final class ReloadCommand implements Action {
    @Option(names = "--apply", description = "Change machines that run, too.")
    boolean apply;

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        try (var progress = ProgressDisplay.of(context.display())) {
            var lab = context.labToChange(progress);
            lab.reload(progress, timeout.deadline(Session.LOADING)).forEach(progress::note);
            progress.note(LoadCommand.summary(lab));
            if (apply) {
                lab.apply(progress, timeout.deadline(lab, Lab.TimedWork.BUILD));
            }
            return Outcome.of(lab);
        }
    }
}
