package org.nixlab.machine.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.nixlab.base.LabException;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.model.Machine;
import org.nixlab.model.Origin;

/**
 * What the start script of a machine is told beside its channels. Scripts of nixlab's own images know all of it by
 * variables; those of {@code qemu-vm.nix} in nixpkgs and of others only what QEMU's words can say.
 */
public final class ScriptWords {
    /** What fits into the address of a UNIX socket (unix(7)). */
    private static final int LONGEST_SOCKET = 107;

    private final Machine machine;
    private final Acceleration acceleration;
    private final ScriptText text;

    public ScriptWords(Machine machine, Path script, Acceleration acceleration) {
        this.machine = machine;
        this.acceleration = acceleration;
        this.text = machine.origin() instanceof Origin.Debian ? new ScriptText("") : text(script);
    }

    /** Returns words for QEMU; the last of several that say the same counts. */
    public List<String> arguments(Map<String, String> environment) {
        var words = new ArrayList<String>();
        if (machine.origin() instanceof Origin.Debian) {
            return words;
        }
        if (!acceleration.isHardware()) {
            // Releases before 21.05 take KVM if there is a device, and all would try the one in which nothing runs.
            words.addAll(List.of("-machine", "accel=tcg"));
            if (text.takesTheHostsProcessor()) {
                words.addAll(List.of("-cpu", "max"));
            }
        } else if (!text.choosesAcceleration() && isNixos()) {
            // Scripts for 32-bit guests of later releases leave it to QEMU, which then emulates.
            words.addAll(List.of("-machine", "accel=kvm:tcg"));
        }
        if (isNixos()) {
            words.addAll(List.of("-monitor", "none", "-device", "pvpanic"));
        }
        // A QEMU that can show windows does not start where none can be opened.
        if (!environment.containsKey("DISPLAY") && !environment.containsKey("WAYLAND_DISPLAY")) {
            words.addAll(List.of("-display", "none"));
        }
        return words;
    }

    /**
     * Returns variables for the script.
     *
     * @throws LabException (usage) if the script cannot work in a directory of this name
     */
    public Map<String, String> variables(VmDirectory directory) {
        var variables = new TreeMap<>(Map.of("NIXLAB_ACCEL", acceleration.name()));
        if (isNixos()) {
            requireUsable(directory.state());
            // It would leave a directory behind at each start.
            variables.put("TMPDIR", directory.scratch().toString());
            variables.put("USE_TMPDIR", "1");
            // By themselves they would be in the directory of sockets, which is emptied.
            variables.put("NIX_EFI_VARS", directory.efiVariables().toString());
            if (directory.tpm().resolve("socket.ctrl").toString().getBytes(StandardCharsets.UTF_8).length
                    <= LONGEST_SOCKET) {
                variables.put("NIX_SWTPM_DIR", directory.tpm().toString());
            }
        }
        return variables;
    }

    /** Returns what keeps sockets and disks private; scripts that make directories have to get into them. */
    public String umask() {
        return machine.origin() instanceof Origin.Debian ? "0177" : "077";
    }

    /** As {@link ScriptText#qemuKeepsLogs}. */
    public boolean qemuKeepsLogs() {
        return text.qemuKeepsLogs();
    }

    private void requireUsable(Path path) {
        boolean fallsApart = text.losesBlanks() && path.toString().matches(".*[\\s*?\\[].*");
        if (fallsApart || path.toString().contains(",")) {
            throw LabException.input(
                    "the start script of " + machine.name() + " cannot work in a directory with "
                            + (fallsApart ? "blanks" : "commas") + " in its name",
                    path.toString(),
                    "move the network file to a directory of another name");
        }
    }

    private boolean isNixos() {
        return machine.origin() instanceof Origin.Nixos;
    }

    private static ScriptText text(Path script) {
        try {
            return ScriptText.of(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
