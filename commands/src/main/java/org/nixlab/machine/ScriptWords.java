package org.nixlab.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.nixlab.model.Machine;
import org.nixlab.model.Origin;

/**
 * What the start script of a machine is told beside its channels. Scripts of nixlab's own images know all of it by
 * variables; those of {@code qemu-vm.nix} in nixpkgs and of others only what QEMU's words can say.
 */
final class ScriptWords {
    private final Machine machine;
    private final Path script;
    private final Acceleration acceleration;

    ScriptWords(Machine machine, Path script, Acceleration acceleration) {
        this.machine = machine;
        this.script = script;
        this.acceleration = acceleration;
    }

    /** Returns words for QEMU; the last of several that say the same counts. */
    List<String> arguments(Map<String, String> environment) {
        var words = new ArrayList<String>();
        if (machine.origin() instanceof Origin.Debian) {
            return words;
        }
        if (!acceleration.isHardware()) {
            // Releases before 21.05 take KVM if there is a device, and all would try the one in which nothing runs.
            words.addAll(List.of("-machine", "accel=tcg"));
            if (text().contains("-cpu host")) {
                words.addAll(List.of("-cpu", "max"));
            }
        } else if (!text().contains("accel=") && machine.origin() instanceof Origin.Nixos) {
            // Scripts for 32-bit guests of later releases leave it to QEMU, which then emulates.
            words.addAll(List.of("-machine", "accel=kvm:tcg"));
        }
        if (machine.origin() instanceof Origin.Nixos) {
            words.addAll(List.of("-monitor", "none", "-device", "pvpanic"));
            if (!environment.containsKey("DISPLAY") && !environment.containsKey("WAYLAND_DISPLAY")) {
                words.addAll(List.of("-display", "none"));
            }
        }
        return words;
    }

    /**
     * Returns variables for the script.
     *
     * @param scratch a directory for files that only QEMU needs
     */
    Map<String, String> variables(Path scratch) {
        var variables = new TreeMap<>(Map.of("NIXLAB_ACCEL", acceleration.name()));
        if (machine.origin() instanceof Origin.Nixos) {
            // It would leave a directory behind at each start.
            variables.put("TMPDIR", scratch.toString());
            variables.put("USE_TMPDIR", "1");
        }
        return variables;
    }

    /** Returns what keeps sockets and disks private; scripts that make directories have to get into them. */
    String umask() {
        return machine.origin() instanceof Origin.Nixos ? "077" : "0177";
    }

    private String text() {
        try {
            return Files.readString(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
