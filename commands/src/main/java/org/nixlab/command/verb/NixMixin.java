package org.nixlab.command.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.Detail;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;
import picocli.CommandLine.Option;

/** What is said to Nix, under the names of its own programs. */
final class NixMixin {
    @Option(
            names = "--nixpkgs",
            paramLabel = "TREE",
            description = "Build NixOS guests from this nixpkgs: a directory or a flake.")
    Optional<String> nixpkgs = Optional.empty();

    @Option(names = "-I", paramLabel = "PATH", description = "Add to Nix's search path.")
    List<String> searchPath = new ArrayList<>();

    @Option(
            names = "--arg",
            arity = "2",
            paramLabel = "NAME EXPR",
            hideParamSyntax = true,
            description = "Call a network file that is a function with NAME = EXPR.")
    List<String> arguments = new ArrayList<>();

    @Option(
            names = "--argstr",
            arity = "2",
            paramLabel = "NAME TEXT",
            hideParamSyntax = true,
            description = "The same with a string.")
    List<String> strings = new ArrayList<>();

    @Option(
            names = "--option",
            arity = "2",
            paramLabel = "NAME VALUE",
            hideParamSyntax = true,
            description = "Set an option of Nix.")
    List<String> settings = new ArrayList<>();

    @Option(names = "--builders", paramLabel = "MACHINES", description = "Let Nix build on these machines.")
    Optional<String> builders = Optional.empty();

    @Option(names = "--show-trace", description = "Show errors of Nix in full.")
    boolean showTrace;

    @Option(names = "--all", description = "Tell all that is wrong with a network file, however much it is.")
    boolean all;

    /** Returns the wish with what was said, over what it says already. */
    LoadRequest over(LoadRequest wish) {
        var whole = wish.withNix(said().over(wish.nix()));
        return showTrace ? whole.with(Detail.TRACE) : all ? whole.with(Detail.ALL) : whole;
    }

    private NixOptions said() {
        var said = NixOptions.NONE;
        if (nixpkgs.isPresent()) {
            said = said.withNixpkgs(nixpkgs.get());
        }
        for (var path : searchPath) {
            said = said.withWords(List.of("-I", path));
        }
        for (int i = 0; i + 1 < settings.size(); i += 2) {
            said = said.withWords(List.of("--option", settings.get(i), settings.get(i + 1)));
        }
        if (builders.isPresent()) {
            said = said.withWords(List.of("--builders", builders.get()));
        }
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            said = said.withArgument(arguments.get(i), arguments.get(i + 1));
        }
        for (int i = 0; i + 1 < strings.size(); i += 2) {
            said = said.withString(strings.get(i), strings.get(i + 1));
        }
        return said;
    }
}
