package org.nixlab.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.image.BuiltMachine;
import org.nixlab.lab.state.LoadedNetwork;
import org.nixlab.lab.system.EachMachine;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.Phase;
import org.nixlab.machine.qemu.QemuVm;
import org.nixlab.machine.start.Acceleration;
import org.nixlab.machine.start.HostPorts;
import org.nixlab.model.Machine;
import org.nixlab.model.Origin;

/**
 * Brings machines of a lab up. Safe for use by many threads, also for the same machine.
 *
 * @param ports what makes other labs of the same network run beside this one; nothing in a lab that stays
 */
record LabStart(
        LoadedNetwork loaded,
        Workshops workshops,
        LabBuild build,
        LabMachines machines,
        LabRuntime runtime,
        Optional<HostPorts> ports) {
    /** Brings machines as far as is asked for: those that do not run, and those whose start was left unfinished. */
    void start(List<Machine> chosen, Lab.RunRequest wish, Progress progress, Deadline deadline) {
        var unready = chosen.stream()
                .filter(machine -> !hasCome(machines.vm(machine), wish.until()))
                .toList();
        if (!unready.isEmpty()) {
            start(chosen, unready, wish, progress, deadline);
        }
        runtime.start(loaded.network().vlans(), sockets -> {}, deadline);
    }

    /** Returns whether all of some machines have come so far by now. */
    boolean haveCome(List<Machine> chosen, Lab.Until until) {
        return chosen.stream().allMatch(machine -> hasCome(machines.vm(machine), until));
    }

    private static boolean hasCome(QemuVm vm, Lab.Until until) {
        return vm.isRunning()
                && switch (until) {
                    case STARTED -> true;
                    case BACKDOOR -> vm.hasAnswered();
                    case READY -> vm.wasReady();
                };
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
            EachMachine.apply("started", unready, machine -> {
                launch(machine, script(machine, built), acceleration, progress, deadline);
                await(machine, wish.until(), progress, boot);
                return machine;
            });
        } catch (RuntimeException e) {
            runtime.tidy();
            throw e;
        }
    }

    private void launch(Machine machine, Path script, Acceleration acceleration, Progress progress, Deadline deadline) {
        var vm = machines.vm(machine);
        var environment = workshops.host().environment();
        runtime.start(
                loaded.network().vlans(),
                sockets -> {
                    if (vm.start(() -> settled(vm, script, progress), sockets, acceleration, environment)) {
                        progress.machine(machine.name(), Phase.STARTING, "");
                    }
                },
                deadline);
    }

    private Path settled(QemuVm vm, Path script, Progress progress) {
        return ports.map(there -> there.settled(vm.declared(), script, vm.directory(), progress::note))
                .orElse(script);
    }

    private void await(Machine machine, Lab.Until until, Progress progress, Deadline boot) {
        var vm = machines.vm(machine);
        switch (until) {
            case STARTED -> vm.awaitStart(boot);
            case BACKDOOR ->
                vm.awaitBackdoor(phase -> progress.machine(machine.name(), phase, ""), progress::note, boot);
            case READY -> vm.awaitReady(phase -> progress.machine(machine.name(), phase, ""), progress::note, boot);
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
