package org.nixlab.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        footer = {
            "",
            "Machines that run stay as they are until 'restart'.",
            "",
            "Examples:",
            "  reload",
            "  restart web          take over what changed",
        })
final class ReloadCommand implements Action {
    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        try (var progress = ProgressDisplay.of(context.display())) {
            var lab = context.session().lab(progress);
            lab.reload(progress, timeout.deadline(Session.LOADING));
            progress.note(LoadCommand.summary(lab));
            return Outcome.of(lab);
        }
    }
}
