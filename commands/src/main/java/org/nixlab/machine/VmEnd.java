package org.nixlab.machine;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.nixlab.base.Deadline;
import org.nixlab.qmp.QmpClient;

import static java.util.Objects.requireNonNull;

/**
 * The ways to end one machine. It takes its directory and nothing of its declaration, so that also a machine that the
 * network file no longer has can be ended. Safe for use by many threads.
 */
public final class VmEnd {
    private final String machine;
    private final VmDirectory directory;
    private final VmProcess process;
    private final Guest guest;

    VmEnd(String machine, VmDirectory directory, VmProcess process, Guest guest) {
        this.machine = requireNonNull(machine, "machine");
        this.directory = requireNonNull(directory, "directory");
        this.process = requireNonNull(process, "process");
        this.guest = requireNonNull(guest, "guest");
    }

    /** Returns the ways to end a machine of which only the directory is known. */
    public static VmEnd of(String machine, VmDirectory directory) {
        var process = new VmProcess(machine, directory);
        return new VmEnd(machine, directory, process, new Guest(machine, directory, process));
    }

    public boolean isRunning() {
        return process.isRunning();
    }

    /**
     * Shuts the machine down, in the end by force. Does nothing if it does not run.
     *
     * @param log is told which ways did not help
     */
    public void stop(Consumer<String> log, Deadline deadline) {
        if (isRunning()) {
            var ladder = new StopLadder(
                    machine,
                    () -> !process.isRunning(),
                    List.of(
                            new StopLadder.Rung("systemctl poweroff", this::powerOff),
                            new StopLadder.Rung("the power button", limit -> ask("system_powerdown", limit)),
                            new StopLadder.Rung("QEMU's quit", limit -> ask("quit", limit)),
                            new StopLadder.Rung("SIGTERM", limit -> process.terminate()),
                            new StopLadder.Rung("SIGKILL", limit -> process.kill())));
            process.endBy(() -> ladder.climb(process::awaitEnd, log, deadline));
        }
        end(deadline);
    }

    private void end(Deadline deadline) {
        process.endHelpers(deadline);
        guest.close();
        process.forget();
    }

    /** Pulls the plug. Does nothing if the machine does not run. */
    public void kill(Deadline deadline) {
        if (isRunning()) {
            process.endBy(() -> {
                process.kill();
                process.awaitEnd(deadline);
            });
        }
        end(deadline);
    }

    private void powerOff(Deadline limit) {
        guest.talk(shell ->
                shell.run(org.nixlab.guest.ExecRequest.of("systemctl poweroff --no-block"), new KeptOutput(), limit));
    }

    private void ask(String command, Deadline limit) {
        try (var qmp = QmpClient.connect(directory.qmp(), machine, event -> {}, limit)) {
            qmp.execute(command, Map.of(), limit);
        }
    }
}
