package org.nixlab.machine.condition;

import org.nixlab.base.LabException;
import org.nixlab.machine.Vm;

import static java.util.Objects.requireNonNull;

/** Looks whether a guest's kernel panics while somebody waits for what needs no guest. */
public final class PanicLook {
    private static final String PANIC = "Kernel panic - not syncing";
    private static final int LINES = 4;

    private final Vm vm;
    private final long begin;

    /** Looks from now on. */
    public PanicLook(Vm vm) {
        this.vm = requireNonNull(vm, "vm");
        this.begin = vm.console().length();
    }

    /**
     * Goes on if the machine runs and has not panicked.
     *
     * @throws LabException (host) if it has ended or panicked; it shows how the console ends
     */
    public void requireSound() {
        vm.requireRunning();
        var text = vm.console().since(begin);
        int panic = text.indexOf(PANIC);
        if (panic >= 0) {
            var lines = text.substring(panic)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .limit(LINES)
                    .toList();
            throw LabException.host(
                    vm.declared().name() + ": the guest's kernel panicked; its console says\n  "
                            + String.join("\n  ", lines),
                    vm.consoleLog().toString(),
                    "");
        }
    }
}
