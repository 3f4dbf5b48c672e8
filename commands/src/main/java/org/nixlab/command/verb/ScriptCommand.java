package org.nixlab.command.verb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.nixlab.base.LabException;
import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Frontend;
import org.nixlab.command.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "A scenario says network('file.nix') first; the path starts from the scenario's directory.",
            "Its machines begin with fresh disks, and are gone at its end; what else runs is not touched.",
            "The script of a test of NixOS is run by the host's python3 as it is, with your rights.",
            "",
            "Examples:",
            "  script web.groovy",
            "  script --network other.nix web.groovy",
            "  script nginx.nix                    a test of NixOS, as it is",
            "  script .#checks.x86_64-linux.web    the same of a flake",
            "  script --network web.nix web.py     its script alone",
            "  script --set workers=3 web.groovy   the scenario says: parameters workers: 2",
            "  script --check web.groovy           unknown names, without starting anything",
            "  script --keep web.groovy fast 3     args[0] is 'fast', args[1] is '3'",
        })
final class ScriptCommand implements Action {
    @Option(names = "--network", paramLabel = "FILE", description = "The network, if the scenario names none itself.")
    Optional<Path> network = Optional.empty();

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Set a parameter of the scenario.")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--disks",
            paramLabel = "DISKS",
            description = "fresh: disks of its own; keep: those of the lab. Else fresh.")
    String disks = "fresh";

    @Option(names = "--keep", description = "Let the machines go on at the end.")
    boolean keep;

    @Option(names = "--check", description = "Look for unknown names, methods and machines, and start nothing.")
    boolean check;

    @Option(names = "--break", description = "Where it fails, give a prompt with its variables, the machines running.")
    boolean stopsAtFailure;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show every command and wait.")
    boolean verbose;

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "The scenario: a .groovy file, a test of NixOS (.nix, or .#NAME of a flake), or a .py file.")
    String file;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARG", description = "What it finds in 'args'.")
    List<String> arguments = new ArrayList<>();

    @Override
    public Outcome run(Context context) {
        if (!disks.equals("fresh") && !disks.equals("keep")) {
            throw LabException.input("'" + disks + "' is no --disks", "", "--disks takes fresh or keep");
        }
        var directory = context.session().directory();
        var scenario = new Frontend.Scenario(
                file,
                directory.resolve(file),
                arguments,
                network.map(directory::resolve),
                settings,
                new Frontend.End(disks.equals("fresh"), keep),
                timeout.chosen,
                check,
                stopsAtFailure,
                verbose);
        return context.frontend().script(scenario, context);
    }
}
