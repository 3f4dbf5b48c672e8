package org.nixlab.command.verb;

import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.display.ProgressDisplay;
import org.nixlab.lab.Lab;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        footer = {
            "",
            "Only what is stale is built. The link 'result' holds bin/run-vms and one",
            "bin/run-MACHINE-vm for each machine; they work without nixlab.",
            "",
            "Examples:",
            "  build",
            "  build web db",
            "  build --no-out-link --timeout 10m",
        })
final class BuildCommand implements Action {
    @Mixin
    final MachinesParameter machines = new MachinesParameter();

    @Option(names = "--no-out-link", description = "Leave no link 'result'.")
    boolean noOutLink;

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        var result = ProgressDisplay.during(context.display(), progress -> {
            var lab = context.labToChange(progress);
            var request = new Lab.BuildRequest(
                    !noOutLink && context.session().choice().outLink());
            return lab.build(machines.selector(), request, progress, timeout.deadline(lab, Lab.TimedWork.BUILD));
        });
        context.display().result(result.toString());
        return Outcome.of(result);
    }
}
