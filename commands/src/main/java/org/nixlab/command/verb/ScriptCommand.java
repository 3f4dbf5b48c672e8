package org.nixlab.command.verb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Frontend;
import org.nixlab.command.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "A scenario says network('file.nix') first; the path starts from the scenario's directory.",
            "A lab that it started is stopped at its end, also when it fails.",
            "",
            "Examples:",
            "  script web.groovy",
            "  script --network other.nix web.groovy",
            "  script --keep web.groovy fast 3     args[0] is 'fast', args[1] is '3'",
        })
final class ScriptCommand implements Action {
    @Option(names = "--network", paramLabel = "FILE", description = "The network, if the scenario names none itself.")
    Optional<Path> network = Optional.empty();

    @Option(names = "--keep", description = "Let the machines go on at the end.")
    boolean keep;

    @Parameters(index = "0", paramLabel = "FILE", description = "The Groovy file.")
    Path file;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARG", description = "What it finds in 'args'.")
    List<String> arguments = new ArrayList<>();

    @Override
    public Outcome run(Context context) {
        var directory = context.session().directory();
        var scenario = new Frontend.Scenario(directory.resolve(file), arguments, network.map(directory::resolve), keep);
        return context.frontend().script(scenario, context);
    }
}
