package org.nixlab.command;

import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.machine.Phase;
import org.nixlab.machine.Vm;
import org.nixlab.machine.VmContract;
import org.nixlab.model.SampleNetworks;

/** The contract, held by fake machines. */
final class FakeVmTest extends VmContract {
    private FakeVm vm;

    @BeforeEach
    void run(@TempDir Path home) {
        vm = new FakeVm(SampleNetworks.machine("web", 1), home.resolve("console"));
        vm.answer(BOTH, 3, "out\n", "err\n").answer(FAILING, 1, "", "").enter(Phase.READY);
    }

    @Override
    protected Vm vm() {
        return vm;
    }
}
