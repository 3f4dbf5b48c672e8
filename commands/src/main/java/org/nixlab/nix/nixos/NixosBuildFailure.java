package org.nixlab.nix.nixos;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.nixlab.base.LabException;
import org.nixlab.model.Machine;
import org.nixlab.nix.complaint.NixReport;
import org.nixlab.nix.complaint.StoreAccess;

/**
 * Why Nix could not build machines, and what to do about it. Versions of Nix differ in their words, which are tried all.
 *
 * @param log what Nix told
 * @param all its errors in one text, without the lines of builders that it quotes
 */
record NixosBuildFailure(NixBuildLog log, String all) {
    private static final Pattern DERIVATION =
            Pattern.compile("(?:builder for|[Cc]annot build|required to build|derivation) '([^']*\\.drv)'");
    private static final Pattern FEATURES =
            Pattern.compile("(?s)with features \\{([^}]+)\\}(?: is required|\\s*Current)");
    private static final Pattern SYSTEM = Pattern.compile(
            "(?s)(?:a |Required system: )'([^']+)'(?: with features \\{\\})?(?: is required|\\s*Current)");
    private static final Pattern HASHES = Pattern.compile("(?s)specified: +(\\S+)\\s+got: +(\\S+)");
    private static final Pattern FETCH = Pattern.compile(
            "unable to download '|cannot download \\S+ from any mirror|curl: \\((?:6|7|22|28|35|52|56|60)\\)");
    private static final Pattern BUILDER = Pattern.compile(
            "[Bb]uilder (?:for '[^']+' )?(failed (?:with exit code \\d+|due to signal \\d+|to produce output path))");
    private static final Pattern DISK_FULL = Pattern.compile("No space left on device|database or disk is full");

    /** Returns what is to be told of a build that failed. */
    static LabException of(NixBuildLog log, List<Machine> machines) {
        var names = machines.stream().map(Machine::name).collect(Collectors.joining(", "));
        return new NixosBuildFailure(log, NixReport.ownWords(String.join("\n", log.errors()))).about(names);
    }

    /** Goes on if a program of Nix did not fail because the disk is full. */
    static void requireSpace(String what, String errors) {
        if (DISK_FULL.matcher(errors).find()) {
            throw LabException.host(
                    what + ": the disk is full", "", "free some space, for example with: nix-collect-garbage");
        }
    }

    private LabException about(String machines) {
        var derivation = derivation();
        var name = derivation.map(NixBuildLog::name).orElse(machines);
        var printed = derivation.map(log::lastLines).orElse(List.of());
        requireSpace(name + " could not be built", all + "\n" + String.join("\n", printed));
        StoreAccess.require(all);
        var features = FEATURES.matcher(all);
        if (features.find()) {
            return LabException.build(
                    name + " could not be built: a builder with " + features.group(1) + " is wanted",
                    "",
                    "name one with --builders, or add to nix.conf: system-features = " + features.group(1)
                            + (features.group(1).contains("kvm") ? " (where /dev/kvm works)" : ""));
        }
        var system = SYSTEM.matcher(all);
        if (system.find()) {
            return LabException.build(
                    name + " could not be built: this host does not build for " + system.group(1),
                    "",
                    "name a builder with --builders, or add to nix.conf: extra-platforms = " + system.group(1));
        }
        var hashes = HASHES.matcher(all);
        if (hashes.find()) {
            return LabException.build(
                    name + " has another hash than the one that is written\n  written: " + hashes.group(1)
                            + "\n  found:   " + hashes.group(2),
                    derivation.orElse(""),
                    "if the source is right, write the hash that was found");
        }
        return derivation
                .map(failed -> ofBuilder(failed, name, printed))
                .orElseGet(() -> LabException.build(machines + " could not be built: " + first(), "", ""));
    }

    private LabException ofBuilder(String derivation, String name, List<String> printed) {
        if (printed.stream().allMatch(String::isBlank)) {
            var reason = BUILDER.matcher(all);
            return LabException.build(
                    name + " could not be built: "
                            + (reason.find() ? "its builder " + reason.group(1) + " and printed nothing" : first()),
                    derivation,
                    "nix-store --realise --keep-failed " + derivation
                            + " tries again and keeps what the builder leaves");
        }
        boolean fetch = FETCH.matcher(all + "\n" + String.join("\n", printed)).find();
        var lines = printed.stream().map(line -> "\n  " + line).collect(Collectors.joining());
        return LabException.build(
                name + (fetch ? " could not be fetched" : " could not be built") + lines,
                derivation,
                (fetch ? "check the network and the address; " : "") + "nix-store --log " + derivation
                        + " shows all its builder printed");
    }

    private Optional<String> derivation() {
        var found = DERIVATION.matcher(all);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    private String first() {
        return log.errors().isEmpty()
                ? "Nix does not say why"
                : log.errors().get(0).replaceFirst("^error:\\s*", "");
    }
}
