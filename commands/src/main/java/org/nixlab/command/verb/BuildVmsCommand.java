package org.nixlab.command.verb;

import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.Session;
import org.nixlab.command.display.ProgressDisplay;
import org.nixlab.lab.Lab;
import org.nixlab.model.Selector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "FILE is a set of machines, each a NixOS configuration:",
            "",
            "  {",
            "    web = { pkgs, config, ... }: {",
            "      services.httpd.enable = true;",
            "      environment.systemPackages = [ pkgs.lynx ];",
            "      nixpkgs.system = \"i686-linux\";              # else the host's",
            "      deployment.hostname = \"web.example.net\";    # its name for ssh",
            "    };",
            "    db = { ... }: { services.postgresql.enable = true; };",
            "  }",
            "",
            "The path of what was built is printed, and the link 'result' leads there.",
            "bin/run-vms in it, also called bin/nixos-run-vms, starts the machines and the",
            "network between them, without nixlab; Ctrl-C ends them. bin/run-MACHINE-vm",
            "starts one. As long as the link is there, Nix collects nothing they need.",
            "",
            "Variables, where no option names a tree to build NixOS guests from:",
            "  NIXPKGS_ALL   a nixpkgs tree",
            "  NIXOS         the directory nixos in one",
            "",
            "Examples:",
            "  build-vms network.nix",
            "  build-vms --use-backdoor network.nix",
            "  !result/bin/run-vms",
            "  !socat - UNIX-CONNECT:web.socket",
            "",
            "From a terminal, without the shell of nixlab:",
            "  nixlab build-vms --use-backdoor network.nix && result/bin/run-vms",
        })
final class BuildVmsCommand implements Action {
    @Parameters(paramLabel = "FILE", description = "The network file, or an output of a flake (.#lab).")
    String file;

    @Option(
            names = "--use-backdoor",
            description = "Let bin/run-vms leave MACHINE.socket, a root shell, where it is started.")
    boolean useBackdoor;

    @Option(names = "--no-out-link", description = "Leave no link 'result'.")
    boolean noOutLink;

    @Mixin
    final NixMixin nix = new NixMixin();

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        var choice = context.session().choice();
        var load = nix.over(context.session().request(file));
        var result = ProgressDisplay.during(context.display(), progress -> {
            var lab = context.session().load(load, progress, timeout.deadline(Session.LOADING));
            var build = new Lab.BuildRequest(!noOutLink && choice.outLink(), useBackdoor);
            return lab.build(Selector.ALL, build, progress, timeout.deadline(lab, Lab.TimedWork.BUILD));
        });
        context.display().message("built; " + result.resolve("bin/run-vms") + " starts the network");
        context.display().result(result.toString());
        return Outcome.of(result);
    }
}
