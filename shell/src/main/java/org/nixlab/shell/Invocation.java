package org.nixlab.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.Detail;
import org.nixlab.base.LabException;
import org.nixlab.command.Session;
import org.nixlab.command.verb.Verb;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.model.NearNames;

/**
 * What the command line asks for. Parsed by hand, because picocli's model would be the largest part of the start-up time.
 *
 * @param kind what to do
 * @param network the network file, or an output of a flake
 * @param lines lines to run instead of a shell ({@code -e})
 * @param verb a verb to run instead of a shell, with {@code words}
 * @param words what stands behind the verb
 * @param choice what it chooses for all labs
 * @param debug whether errors are shown with their stack
 */
record Invocation(
        Kind kind,
        Optional<String> network,
        List<String> lines,
        Optional<Verb> verb,
        List<String> words,
        Session.Choice choice,
        boolean debug) {
    enum Kind {
        SHELL,
        LINES,
        VERB,
        HELP,
        VERSION
    }

    private static final List<String> OPTIONS = List.of(
            "-e",
            "-h",
            "--help",
            "--version",
            "--lab",
            "--guest",
            "--mirror",
            "--nixpkgs",
            "-I",
            "--arg",
            "--argstr",
            "--option",
            "--builders",
            "--all",
            "--show-trace",
            "--no-out-link",
            "--debug");

    /**
     * Parses the command line.
     *
     * @throws LabException (usage) if it is wrong
     */
    static Invocation parse(List<String> arguments) {
        return new Parser(arguments).parse();
    }

    private static final class Parser {
        private final List<String> arguments;
        private int at;
        private Kind kind = Kind.SHELL;
        private Optional<String> network = Optional.empty();
        private final List<String> lines = new ArrayList<>();
        private Optional<String> labName = Optional.empty();
        private GuestSystem guestSystem = GuestSystem.AUTO;
        private Optional<String> mirror = Optional.empty();
        private NixOptions nix = NixOptions.NONE;
        private Detail detail = Detail.SCREEN;
        private boolean outLink = true;
        private boolean debug;

        Parser(List<String> arguments) {
            this.arguments = arguments;
        }

        Invocation parse() {
            while (at < arguments.size()) {
                var word = arguments.get(at++);
                if (word.startsWith("-") && word.length() > 1) {
                    option(word);
                    continue;
                }
                var verb = Verb.of(word);
                if (verb.isPresent() && network.isEmpty() && lines.isEmpty()) {
                    var words = arguments.subList(at, arguments.size());
                    return new Invocation(
                            Kind.VERB,
                            network,
                            lines,
                            verb,
                            kind == Kind.HELP ? List.of("--help") : List.copyOf(words),
                            choice(),
                            debug);
                }
                file(word);
            }
            if (kind == Kind.SHELL && !lines.isEmpty()) {
                kind = Kind.LINES;
            }
            return new Invocation(kind, network, List.copyOf(lines), Optional.empty(), List.of(), choice(), debug);
        }

        private Session.Choice choice() {
            return new Session.Choice(labName, guestSystem, mirror, nix, detail, outLink);
        }

        private void option(String word) {
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            var name = equals < 0 ? word : word.substring(0, equals);
            switch (name) {
                case "-e" -> lines.add(value(word, equals));
                case "-h", "--help" -> kind = Kind.HELP;
                case "--version" -> kind = kind == Kind.HELP ? kind : Kind.VERSION;
                case "--lab" -> labName = Optional.of(value(word, equals));
                case "--guest" -> guestSystem = guest(value(word, equals));
                case "--mirror" -> mirror = Optional.of(value(word, equals));
                case "--nixpkgs" -> nix = nix.withNixpkgs(value(word, equals));
                case "-I" -> nix = nix.withWords(List.of("-I", value(word, equals)));
                case "--arg" -> nix = nix.withArgument(value(word, equals), value(word, -1));
                case "--argstr" -> nix = nix.withString(value(word, equals), value(word, -1));
                case "--option" -> nix = nix.withWords(List.of("--option", value(word, equals), value(word, -1)));
                case "--builders" -> nix = nix.withWords(List.of("--builders", value(word, equals)));
                case "--all" -> detail = Detail.ALL;
                case "--show-trace" -> detail = Detail.TRACE;
                case "--no-out-link" -> outLink = false;
                case "--debug" -> debug = true;
                default -> throw unknown(name);
            }
        }

        private String value(String word, int equals) {
            if (equals >= 0) {
                return word.substring(equals + 1);
            }
            if (at == arguments.size()) {
                throw LabException.input("option " + word + " needs a value", "", "'nixlab --help' explains it");
            }
            return arguments.get(at++);
        }

        private static GuestSystem guest(String text) {
            for (var system : GuestSystem.values()) {
                if (system.word().equals(text)) {
                    return system;
                }
            }
            throw LabException.input(
                    "there is no guest system '" + text + "'", "", "--guest takes debian, nixos or auto");
        }

        private void file(String word) {
            if (!lines.isEmpty() && Verb.of(word).isPresent()) {
                throw LabException.input(
                        "'" + word + "' cannot follow -e",
                        "",
                        "-e '" + word + "' runs it after the line before; a file of that name is ./" + word);
            }
            if (network.isPresent()) {
                throw LabException.input(
                        "two network files were given: '" + network.get() + "' and '" + word + "'",
                        "",
                        "nixlab works on one at a time; a verb stands before its arguments");
            }
            var near = NearNames.of(word, Verb.allWords());
            if (!near.isEmpty() && !word.contains(".") && !word.contains("/")) {
                throw LabException.input("unknown command '" + word + "'", "", "did you mean '" + near.get(0) + "'?");
            }
            network = Optional.of(word);
        }

        private static LabException unknown(String name) {
            var near = NearNames.of(name, OPTIONS);
            return LabException.input(
                    "unknown option '" + name + "'",
                    "",
                    near.isEmpty() ? "'nixlab --help' lists all" : "did you mean '" + near.get(0) + "'?");
        }
    }
}
