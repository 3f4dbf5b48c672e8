package org.nixlab.command;

import org.nixlab.lab.Lab;
import org.nixlab.lab.LoadRequest;
import org.nixlab.model.Selector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "Examples:",
            "  build-vms network.nix",
            "  build-vms --use-backdoor network.nix",
            "  !result/bin/run-vms",
            "  !socat - UNIX-CONNECT:web.socket",
        })
final class BuildVmsCommand implements Action {
    @Parameters(paramLabel = "FILE", description = "The network file, or an output of a flake (.#lab).")
    String file;

    @Option(
            names = "--use-backdoor",
            description = "Let bin/run-vms leave MACHINE.socket, a root shell, where it is started.")
    boolean useBackdoor;

    @Option(names = "--show-trace", description = "Show errors of Nix in full.")
    boolean showTrace;

    @Option(names = "--no-out-link", description = "Leave no link 'result'.")
    boolean noOutLink;

    @Mixin
    final NixMixin nix = new NixMixin();

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        var choice = context.session().choice();
        var chosen = context.session().request(file);
        var load = new LoadRequest(
                chosen.file(),
                chosen.flake(),
                chosen.labName(),
                chosen.guestSystem(),
                chosen.mirror(),
                nix.over(chosen.nix()),
                showTrace || chosen.showTrace());
        var result = ProgressDisplay.during(context.display(), progress -> {
            var lab = context.session().load(load, progress, timeout.deadline(Session.LOADING));
            var build = new Lab.BuildRequest(!noOutLink && choice.outLink(), useBackdoor);
            return lab.build(Selector.ALL, build, progress, timeout.deadline(lab, Lab.Verb.BUILD));
        });
        context.display().message("built; " + result.resolve("bin/run-vms") + " starts the network");
        context.display().result(result.toString());
        return Outcome.of(result);
    }
}
