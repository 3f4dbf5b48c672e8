package org.nixlab.machine.start;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What stands in a start script of {@code qemu-vm.nix} in nixpkgs, or in one that somebody else wrote for the same
 * environment; nothing more can be known of it. Releases differ.
 */
public record ScriptText(String text) {
    private static final Pattern QEMU = Pattern.compile("/\\S+/bin/qemu-(?:system-\\w+|kvm)(?=\\s)");

    /** The package of QEMU that a script runs, and its version. */
    private static final Pattern QEMU_VERSION =
            Pattern.compile("/[0-9a-z]{32}-qemu[^/\\s]*?-(\\d+)\\.(\\d+)[^/\\s]*/bin/qemu-");

    /** Places where a path falls apart at its blanks; newer releases have fewer. */
    private static final Pattern BARE_PATH =
            Pattern.compile("cd \\$TMPDIR|file=\\$(?:NIX_DISK_IMAGE|NIX_EFI_VARS|\\(pwd\\))|(?m)^ *\\$@");

    private static final Pattern VLAN = Pattern.compile("QEMU_VDE_SOCKET_(\\d{1,3})");

    /** Reads a script; bytes that are no text are replaced. */
    public static ScriptText of(Path script) throws IOException {
        return new ScriptText(new String(Files.readAllBytes(script), StandardCharsets.UTF_8));
    }

    /** Returns the path of the program it runs, if it names one. */
    public Optional<String> qemu() {
        return QEMU.matcher(text).results().map(MatchResult::group).findFirst();
    }

    /** Returns the numbers of the VLANs it knows, sorted. */
    public List<Integer> vlans() {
        return VLAN.matcher(text)
                .results()
                .map(variable -> Integer.parseInt(variable.group(1)))
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns whether its QEMU is 2.6 or newer, as one is of which nothing else is known. */
    boolean qemuKeepsLogs() {
        var qemu = QEMU_VERSION.matcher(text);
        if (!qemu.find()) {
            return true;
        }
        int major = Integer.parseInt(qemu.group(1));
        return major > 2 || major == 2 && Integer.parseInt(qemu.group(2)) >= 6;
    }

    boolean choosesAcceleration() {
        return text.contains("accel=");
    }

    boolean takesTheHostsProcessor() {
        return text.contains("-cpu host");
    }

    boolean losesBlanks() {
        return BARE_PATH.matcher(text).find();
    }
}
