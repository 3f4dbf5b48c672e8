package org.nixlab.lab.system;

import java.util.List;
import java.util.stream.Collectors;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.machine.qemu.QemuVm;
import org.nixlab.model.Origin;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.Result;

/**
 * Changes a NixOS machine that runs into what it is declared to be by now.
 *
 * @see <a href="https://nixos.org/manual/nixos/stable/#sec-changing-config">switching in the NixOS manual</a>
 *
 * @param vm a machine of NixOS, whose hardware stays
 */
record NixosSwitch(QemuVm vm) {
    private static final int LAST_LINES = 10;

    /** What {@code switch-to-configuration} ends with if some units did not start. */
    private static final int UNITS_FAILED = 4;

    /** Ends with 1 if what a machine booted is not what a system would boot; as NixOS's own upgrades find it out. */
    private static final String IS_BOOTED = """
            [ -e /run/booted-system ] || exit 0
            for each in kernel kernel-modules initrd; do
                [ "$(readlink /run/booted-system/$each)" = "$(readlink %1$s/$each)" ] || exit 1
            done
            """;

    /**
     * Changes the machine, which must have been built.
     *
     * @throws LabException (host) if that fails; what was changed until then stays
     */
    void apply(Progress progress, Deadline deadline) {
        var name = vm.declared().name();
        var system = ((Origin.Nixos) vm.declared().origin()).kernel().getParent();
        var program = system.resolve("bin/switch-to-configuration");
        if (!run("test -x " + program, deadline).succeeded()) {
            throw LabException.host(
                    name + " does not see the new configuration: it has a Nix store of its own",
                    system.toString(),
                    "restart " + name);
        }
        progress.note(name + ": switching");
        var result = run(program + " test", deadline);
        var said = result.getOut().lines().toList();
        if (result.succeeded() || result.exitCode() == UNITS_FAILED) {
            vm.becomeDeclared();
            if (run(IS_BOOTED.formatted(system), deadline).exitCode() == 1) {
                progress.note(name + " goes on with the kernel it booted; 'restart " + name + "' takes the new one");
            }
        }
        if (!result.succeeded()) {
            throw LabException.host(
                    name
                            + (result.exitCode() == UNITS_FAILED
                                    ? " has the new configuration, but some units failed"
                                    : " could not be switched (exit code " + result.exitCode() + ")")
                            + lastOf(said),
                    program.toString(),
                    "exec " + name + " systemctl --failed");
        }
    }

    private Result run(String command, Deadline deadline) {
        return vm.execute(ExecRequest.of("{ " + command + "\n} 2>&1"), deadline);
    }

    private static String lastOf(List<String> lines) {
        return lines.stream()
                .skip(Math.max(0, lines.size() - LAST_LINES))
                .map(line -> "\n  " + line)
                .collect(Collectors.joining());
    }
}
