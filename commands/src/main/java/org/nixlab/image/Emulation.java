package org.nixlab.image;

import java.time.Duration;
import java.util.List;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;
import org.nixlab.process.ProcessResult;

/**
 * Lets programs of a guest's architecture run on the host, where the guest is put together. Many kernels of x86_64 run no
 * 32-bit programs (built without {@code CONFIG_IA32_EMULATION}, or started with {@code ia32_emulation=off}); there
 * QEMU's user mode runs them, known to the command and what it starts and to nothing else on the host.
 */
final class Emulation {
    private static final String EMULATOR = "qemu-i386-static";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final HostTools tools;

    Emulation(HostTools tools) {
        this.tools = tools;
    }

    /** Returns whether the host does not run programs of the architecture by itself, and has not been told how to. */
    boolean isNeeded(GuestArchitecture architecture) {
        if (architecture != GuestArchitecture.I686) {
            return false;
        }
        tools.require("arch-test");
        return !run(HostCommand.of("arch-test", architecture.debianName())).succeeded();
    }

    /**
     * Returns the command in a user namespace in which the architecture's programs run; it is root there.
     *
     * @throws LabException (host) if that cannot be had
     */
    HostCommand around(HostCommand command, GuestArchitecture architecture) {
        var emulator = tools.find(EMULATOR).toString();
        var script = Resources.text("emulate");
        var launcher = Mmdebstrap.mode().equals("root")
                ? List.of("perl", "-e", script, "new", emulator)
                : List.of("mmdebstrap", "--unshare-helper", "perl", "-e", script, "here", emulator);
        var tried = run(HostCommand.of("arch-test", architecture.debianName()).under(launcher));
        if (!tried.succeeded()) {
            var reason = tried.err().lines().findFirst().map(line -> ": " + line);
            throw LabException.host(
                    "this host runs no 32-bit programs, which it takes to put an " + architecture.kernelName()
                            + " machine together, and they could not be emulated"
                            + reason.orElse(""),
                    "",
                    "start the host with ia32_emulation=on; to emulate them takes Linux 6.7 or newer, and user namespaces");
        }
        return command.under(launcher);
    }

    private static ProcessResult run(HostCommand command) {
        return HostProcess.run(HostTools.inSystemPath(command), Deadline.in(LIMIT));
    }
}
