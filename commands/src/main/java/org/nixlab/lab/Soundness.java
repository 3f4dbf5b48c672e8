package org.nixlab.lab;

import java.util.List;
import java.util.stream.Collectors;

import org.nixlab.base.LabException;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.MachineStatus;
import org.nixlab.machine.qemu.QemuVm;

/** What may be wrong with machines that run, beyond what each of them can see. */
record Soundness(Switches switches) {
    /** Returns a machine's status with what is wrong. */
    MachineStatus told(QemuVm vm, MachineStatus status) {
        var told = status;
        if (vm.isOrphan()) {
            told = told.withDetail("its state was removed while it ran, its disk among it: restart " + status.name());
        }
        var lost = lost(vm);
        return lost.isEmpty()
                ? told
                : told.withDetail("cut off from " + words(lost) + " ended: restart " + status.name());
    }

    /**
     * Goes on if the machines are all well, and says what they will lose.
     *
     * @throws LabException (host) if one is cut off, or has failed units
     */
    void check(List<QemuVm> machines, List<MachineStatus> found, Progress progress) {
        machines.stream()
                .filter(QemuVm::isOrphan)
                .map(vm -> vm.declared().name())
                .forEach(
                        name -> progress.note(name + " still runs, but its state was removed, and with it the disk that"
                                + " it writes to; 'restart " + name + "' begins anew"));
        var cutOff = machines.stream().filter(vm -> !lost(vm).isEmpty()).toList();
        if (!cutOff.isEmpty()) {
            var names = cutOff.stream().map(vm -> vm.declared().name()).collect(Collectors.joining(","));
            var vlans = cutOff.stream()
                    .flatMap(vm -> lost(vm).stream())
                    .distinct()
                    .sorted()
                    .toList();
            throw LabException.host(
                    names + ": cut off from " + words(vlans) + " had ended; it runs again",
                    "",
                    "restart " + names + " joins the new switch");
        }
        requireUnits(found);
    }

    private static void requireUnits(List<MachineStatus> found) {
        var failed =
                found.stream().filter(status -> !status.failedUnits().isEmpty()).toList();
        if (!failed.isEmpty()) {
            var first = failed.get(0);
            throw LabException.host(
                    failed.stream()
                            .map(status -> status.name() + ": " + String.join(" ", status.failedUnits()))
                            .collect(Collectors.joining("; ", "units failed on ", "")),
                    "",
                    "logs " + first.name() + " " + first.failedUnits().get(0) + " shows why");
        }
    }

    /** Of a machine that was declared anew it is not known here which switches it joined; it is said to be outdated. */
    private List<Integer> lost(QemuVm vm) {
        return vm.qemu()
                .filter(qemu -> vm.hasDeclaredHardware())
                .map(qemu -> switches.cutOff(vm.declared().hardware().vlans(), qemu))
                .orElse(List.of());
    }

    private static String words(List<Integer> vlans) {
        return "VLAN " + vlans.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ", whose switch";
    }
}
