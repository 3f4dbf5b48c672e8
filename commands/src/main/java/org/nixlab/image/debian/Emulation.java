package org.nixlab.image.debian;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.image.cache.Resources;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;
import org.nixlab.process.ProcessResult;
import org.nixlab.talk.ShellWord;

/**
 * Lets mmdebstrap(1) put 32-bit guests together where the host runs no 32-bit programs, as many kernels of x86_64 do not
 * (built without {@code CONFIG_IA32_EMULATION}, or started with {@code ia32_emulation=off}): QEMU's user mode runs them.
 *
 * <p>Since Linux 6.7 a user namespace has a {@code binfmt_misc} of its own, so that nothing changes for the host.
 * mmdebstrap makes a user namespace of subordinate ids for ordinary users; root gets one with the ids that there are.
 */
final class Emulation {
    private static final String EMULATOR = "qemu-i386-static";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /**
     * What an ELF file begins with that is for the 80386, an executable or a shared object. The emulator is opened now (F), as
     * it is not there for who has changed its root, and told the name that a program was called by (P).
     */
    private static final String REGISTER = "mount -t binfmt_misc none /proc/sys/fs/binfmt_misc && printf %%s%%s%%s"
            + " ':i386:M::\\x7fELF\\x01\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\x03\\x00"
            + ":\\xff\\xff\\xff\\xff\\xff\\xfe\\xfe\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff\\xff:'"
            + " %s :FP >/proc/sys/fs/binfmt_misc/register";

    private final String register;

    private Emulation(Path emulator) {
        this.register = REGISTER.formatted(ShellWord.quote(emulator.toString()));
    }

    /**
     * Returns how programs of the architecture are emulated; nothing if the host runs them, or has been told how to.
     *
     * @throws LabException (host) if it does not and they cannot be emulated
     */
    static Optional<Emulation> neededFor(GuestArchitecture architecture, HostTools tools) {
        if (architecture != GuestArchitecture.I686) {
            return Optional.empty();
        }
        tools.require("arch-test");
        if (run(HostCommand.of("arch-test", architecture.debianName())).succeeded()) {
            return Optional.empty();
        }
        var emulation = new Emulation(tools.find(EMULATOR));
        emulation.requireWorking(architecture);
        return Optional.of(emulation);
    }

    private void requireWorking(GuestArchitecture architecture) {
        var test = HostCommand.of("sh", "-c", register + " && arch-test " + architecture.debianName());
        var tried = run(isRoot() ? around(test) : test.under(List.of("mmdebstrap", "--unshare-helper")));
        if (!tried.succeeded()) {
            var reason = tried.err().lines().findFirst().map(line -> ": " + line);
            throw LabException.host(
                    "this host runs no 32-bit programs, which it takes to put an " + architecture.kernelName()
                            + " machine together, and they could not be emulated" + reason.orElse(""),
                    "",
                    "start the host with ia32_emulation=on; to emulate them takes Linux 6.7 or newer, and user namespaces");
        }
    }

    /** Returns the options of mmdebstrap with which it registers the emulator before the first program is run. */
    List<String> options() {
        // Root is in a user namespace already, where this makes one of mounts and processes only.
        return List.of("--mode=unshare", "--skip=check/qemu", "--setup-hook=" + register);
    }

    /** Returns the command as it has to be started. */
    HostCommand around(HostCommand mmdebstrap) {
        return isRoot()
                ? mmdebstrap.under(List.of("perl", "-e", Resources.text(Emulation.class, "keep-ids")))
                : mmdebstrap;
    }

    private static boolean isRoot() {
        return Mmdebstrap.mode().equals("root");
    }

    private static ProcessResult run(HostCommand command) {
        return HostProcess.run(HostTools.inSystemPath(command), Deadline.in(LIMIT));
    }
}
