package org.nixlab.lab;

import java.nio.file.Path;
import java.util.List;

import org.nixlab.base.Deadline;
import org.nixlab.image.BuiltMachine;
import org.nixlab.lab.state.LoadedNetwork;
import org.nixlab.lab.system.EachMachine;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.Phase;
import org.nixlab.machine.qemu.QemuVm;
import org.nixlab.model.Machine;
import org.nixlab.model.Origin;

/** Brings machines of a lab up. */
record LabStart(LoadedNetwork loaded, Workshops workshops, LabBuild build, LabMachines machines, LabRuntime runtime) {
    /** Brings machines to readiness: those that do not run, and those whose start was left unfinished. */
    void start(List<Machine> chosen, Lab.RunRequest wish, Progress progress, Deadline deadline) {
        var unready = chosen.stream()
                .filter(machine -> !machines.vm(machine).isRunning()
                        || !machines.vm(machine).wasReady())
                .toList();
        if (!unready.isEmpty()) {
            start(chosen, unready, wish, progress, deadline);
        }
        runtime.start(loaded.network().vlans(), deadline);
    }

    private void start(
            List<Machine> chosen, List<Machine> unready, Lab.RunRequest wish, Progress progress, Deadline deadline) {
        unready.stream().map(machines::vm).filter(vm -> !vm.isRunning()).forEach(QemuVm::requireUsableDisks);
        // Those that run already are part of the result, too.
        var built = build.make(chosen, progress, deadline);
        if (wish.outLink() && !built.isEmpty()) {
            build.result(built, new Lab.BuildRequest(true, wish.useBackdoor()), progress, deadline);
        }
        // Only a machine of nixlab's can tell; also whether those of others run with what they ask for.
        var probe =
                built.isEmpty() ? build.make(loaded.declared().machines().subList(0, 1), progress, deadline) : built;
        var acceleration = workshops.acceleration().find(probe, progress, deadline);
        var boot = Deadline.in(wish.bootLimit().orElse(workshops.acceleration().bootLimit(unready.size())))
                .orSooner(deadline);
        try {
            var sockets = runtime.start(loaded.network().vlans(), deadline);
            EachMachine.apply("started", unready, machine -> {
                var vm = machines.vm(machine);
                if (!vm.isRunning()) {
                    progress.machine(machine.name(), Phase.STARTING, "");
                    vm.start(
                            script(machine, built),
                            sockets,
                            acceleration,
                            workshops.host().environment());
                }
                vm.awaitReady(phase -> progress.machine(machine.name(), phase, ""), progress::note, boot);
                return machine;
            });
        } catch (RuntimeException e) {
            runtime.tidy();
            throw e;
        }
    }

    private static Path script(Machine machine, List<BuiltMachine> built) {
        return machine.origin() instanceof Origin.Foreign foreign
                ? foreign.script()
                : built.stream()
                        .filter(candidate -> candidate.name().equals(machine.name()))
                        .findFirst()
                        .orElseThrow()
                        .script();
    }
}
