package org.nixlab.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.LabException;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.MachineStatus;
import org.nixlab.machine.Phase;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.machine.qemu.QemuVm;
import org.nixlab.model.Hardware;
import org.nixlab.model.Machine;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
final class SoundnessTest {
    private static final MachineStatus READY = new MachineStatus(
            "web", Phase.READY, "x86_64-linux", "192.168.1.1", Optional.of(Duration.ZERO), 1, List.of(), "");

    @TempDir
    Path directory;

    @Test
    void aMachineWhoseSwitchHasEndedIsCutOff() throws IOException {
        try (var machine = StandInMachine.start(place());
                var vm = vm(SampleNetworks.machine("web", 1))) {
            vm.becomeDeclared();

            assertThat(soundness().told(vm, READY).detail())
                    .isEqualTo("cut off from VLAN 1, whose switch ended: restart web");
            assertThatThrownBy(() -> soundness().check(List.of(vm), List.of(READY), Progress.NONE))
                    .isInstanceOf(LabException.class)
                    .hasMessage("web: cut off from VLAN 1, whose switch had ended; it runs again");
            assertThat(machine.process().isAlive()).isTrue();
        }
    }

    @Test
    void aMachineThatWasDeclaredAnewJoinedOtherSwitches() throws IOException {
        var before = SampleNetworks.machine("web", 1);
        try (var machine = StandInMachine.start(place());
                var running = vm(before);
                var vm = vm(on(before, List.of(1, 2)))) {
            running.becomeDeclared();

            assertThat(soundness().told(vm, READY).detail()).isEmpty();
            soundness().check(List.of(vm), List.of(READY), Progress.NONE);
            assertThat(vm.isOutdated()).isTrue();
            assertThat(machine.process().isAlive()).isTrue();
        }
    }

    private static Machine on(Machine machine, List<Integer> vlans) {
        var was = machine.hardware();
        return new Machine(
                machine.name(),
                machine.index(),
                machine.system(),
                machine.identity(),
                new Hardware(
                        was.memorySize(),
                        was.cores(),
                        was.diskSize(),
                        vlans,
                        was.graphics(),
                        was.restrictNetwork(),
                        was.forwardPorts(),
                        was.sharedDirectories(),
                        was.emptyDiskImages(),
                        was.qemuOptions(),
                        was.kernelParameters()),
                machine.interfaces(),
                machine.origin());
    }

    private Soundness soundness() throws IOException {
        var run = Files.createDirectories(directory.resolve("run"));
        return new Soundness(new Switches(() -> run));
    }

    private QemuVm vm(Machine declared) {
        return new QemuVm(declared, place(), "dumb");
    }

    private VmDirectory place() {
        return VmDirectory.in(directory.resolve("state"), directory.resolve("run"), "web");
    }
}
