package org.nixlab.machine.qemu;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.base.Threads;
import org.nixlab.guest.SerialConsole;
import org.nixlab.machine.host.StandstillWatch;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.machine.host.VmProcess;
import org.nixlab.machine.host.WatchedTerminal;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.TerminalSession;

/**
 * Opens terminals on a machine. Their users are told when it stands still.
 *
 * @param type value of {@code TERM} in terminals of the guest
 */
record Terminals(String machine, VmDirectory directory, VmProcess process, GuestAccess guest, String type) {
    private static final Duration LOGIN_LIMIT = Duration.ofMinutes(1);

    TerminalSession attach(Optional<String> user, int columns, int rows, Consumer<String> notes, Deadline deadline) {
        return watched(
                notes,
                () -> guest.open(boot ->
                        new ExplainedTerminal(boot.shell().openTerminal(user, type, columns, rows, deadline), boot)));
    }

    TerminalSession attachConsole(Consumer<String> notes, Deadline deadline) {
        process.requireRunning();
        if (!Files.exists(directory.console())) {
            throw LabException.host(
                    machine + ": the console can only be read, since its QEMU is older than 2.6",
                    "",
                    "console -f " + machine + " shows what it prints");
        }
        var session = watched(notes, () -> SerialConsole.open(directory.console(), machine, deadline));
        Threads.start(machine + "-login", this::startLogin);
        return session;
    }

    private TerminalSession watched(Consumer<String> notes, Supplier<TerminalSession> opening) {
        return WatchedTerminal.open(new StandstillWatch(machine, directory, process), notes, opening);
    }

    /** At boot no login is started on the serial console, since nobody might ever look. */
    private void startLogin() {
        try {
            guest.talk(shell -> shell.run(
                    ExecRequest.of("systemctl start --no-block serial-getty@ttyS0"), Deadline.in(LOGIN_LIMIT)));
        } catch (LabException | UncheckedIOException e) {
            // A machine that cannot be talked to, or ends meanwhile, is why one looks at its console.
        }
    }
}
