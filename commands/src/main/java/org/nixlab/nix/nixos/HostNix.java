package org.nixlab.nix.nixos;

import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.nix.complaint.NixReport;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;
import org.nixlab.process.ProcessResult;

import static java.util.Objects.requireNonNull;

/** The user's own Nix, with the user's store, settings and substituters: NixOS guests are built with it. */
final class HostNix {
    private static final Pattern VERSION = Pattern.compile("\\(Nix[^)]*\\) (\\d+(?:\\.\\d+)*)");

    /** Nix ends its builders when it is told to end; killed, it would leave them behind. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Map<String, String> environment;
    private final List<String> words;

    /**
     * @param environment the user's environment
     * @param words options of Nix the user gave, which go to every program that takes them
     */
    HostNix(Map<String, String> environment, List<String> words) {
        this.environment = Map.copyOf(environment);
        this.words = List.copyOf(words);
    }

    /** Returns the same Nix with a search path of nothing but what {@code -I} says, or empty if that says nothing. */
    Optional<HostNix> withoutNixPath() {
        if (words.stream().noneMatch(word -> word.equals("-I"))) {
            return Optional.empty();
        }
        var bare = new HashMap<>(environment);
        bare.put("NIX_PATH", "");
        return Optional.of(new HostNix(bare, words));
    }

    private List<String> withoutSearchPath() {
        var rest = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals("-I")) {
                i++;
            } else {
                rest.add(words.get(i));
            }
        }
        return rest;
    }

    /** Runs one of Nix's programs. */
    ProcessResult run(String program, List<String> arguments, Deadline deadline) {
        return run(program, arguments, OutputStream.nullOutputStream(), deadline);
    }

    /**
     * Runs one of Nix's programs; what it writes to standard error is passed on as it comes.
     *
     * @throws LabException (host) if the program is not installed
     */
    ProcessResult run(String program, List<String> arguments, OutputStream errors, Deadline deadline) {
        var all = new ArrayList<String>(List.of(program));
        all.addAll(arguments);
        // What evaluates has a search path; the store has none, and refuses the option.
        all.addAll(program.equals("nix-store") ? withoutSearchPath() : words);
        return run(HostCommand.of(all), errors, deadline);
    }

    /** Returns the version of the Nix that is installed, such as {@code 2.18.1}. */
    String version(Deadline deadline) {
        var printed = run(HostCommand.of("nix-instantiate", "--version"), OutputStream.nullOutputStream(), deadline);
        var found = VERSION.matcher(printed.out());
        if (!found.find()) {
            throw LabException.host(
                    "nix-instantiate does not tell its version: " + NixReport.reason(printed.out() + printed.err()),
                    "",
                    "try: nix-instantiate --version");
        }
        return found.group(1);
    }

    private ProcessResult run(HostCommand command, OutputStream errors, Deadline deadline) {
        requireNonNull(deadline, "deadline");
        var whole = command.grace(GRACE).environment(environment);
        var result = HostProcess.run(whole, OutputStream.nullOutputStream(), errors, deadline);
        if (result.exitCode() == 127 && result.err().startsWith("setsid:")) {
            throw LabException.host(
                    command.program() + " is not installed",
                    "",
                    "install Nix: https://nixos.org/download, or on Debian: sudo apt-get install nix-bin");
        }
        return result;
    }
}
