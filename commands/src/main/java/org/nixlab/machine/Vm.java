package org.nixlab.machine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.model.Machine;
import org.nixlab.talk.CopyProgress;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.OutputSink;
import org.nixlab.talk.Result;
import org.nixlab.talk.ShellSession;
import org.nixlab.talk.TerminalSession;
import org.nixlab.talk.TwoWayStream;

/**
 * A machine of a lab, running or not, as commands and scripts use it.
 *
 * <p>Safe for use by many threads. Everything that talks to the guest throws {@link LabException} (host) with a message
 * that names the state if the machine does not run, goes away meanwhile, or panics; {@link DeadlineException} when the
 * deadline passes; {@link CancelledException} when the calling thread is interrupted. In the last two cases what the
 * command had started is ended in the guest, and the machine stays usable.
 */
public interface Vm {
    /** Returns what the network file says of it. */
    Machine declared();

    MachineStatus status(Deadline deadline);

    /** Returns how far it has come, as last known, for prompts and completion. Never blocks. */
    Phase phase();

    /** Runs a command and keeps what it prints; a non-zero exit code is a result, not a failure. */
    Result execute(ExecRequest request, Deadline deadline);

    /** As {@link #execute(ExecRequest, Deadline)}, but passes on what the command prints as it comes, and keeps nothing. */
    Result execute(ExecRequest request, OutputSink sink, Deadline deadline);

    /**
     * Opens a terminal with a login shell. The caller closes it.
     *
     * @param user whose; root's without one
     * @param notes is told, by another thread and until it is closed, that the machine stands still, and that it goes on
     *     then
     */
    TerminalSession attach(Optional<String> user, int columns, int rows, Consumer<String> notes, Deadline deadline);

    /**
     * Connects to the serial console, where the guest asks for a login if it can be asked to. The caller closes it.
     *
     * @param notes as of {@link #attach}
     * @throws DeadlineException if another terminal has it and does not leave in time
     */
    TerminalSession attachConsole(Consumer<String> notes, Deadline deadline);

    /**
     * Opens a shell that keeps its state. The caller closes it.
     *
     * @param request its user, directory and variables; the command in it is not used
     */
    ShellSession shell(ExecRequest request, Deadline deadline);

    /**
     * Copies a file or directory of the host into the guest, with modes, times and links; checksums are compared, and a
     * file appears at its place whole or not at all.
     *
     * @param target a path in the guest; an existing directory, or one written with a final slash, receives the source
     *     under its own name
     */
    void copyIn(Path source, String target, CopyProgress progress, Deadline deadline);

    /** Copies a file or directory of the guest to the host; see {@link #copyIn}. */
    void copyOut(String source, Path target, CopyProgress progress, Deadline deadline);

    /**
     * Copies a file or directory of the guest into another machine of the same lab, with its owners and all bits of its
     * modes; see {@link #copyIn}.
     */
    void copyTo(String source, Vm other, String target, CopyProgress progress, Deadline deadline);

    /** Returns QEMU's side of it: its monitor, screen and keyboard. */
    Monitor monitor();

    /** Returns the file with everything the serial console printed; kept over restarts of nixlab. */
    Path consoleLog();

    /** Returns what the serial console prints in the present run of the machine, or printed in the last one. */
    Transcript console();

    /**
     * Goes on if the machine runs.
     *
     * @throws LabException (host) if it does not; it says what became of it
     */
    void requireRunning();

    /**
     * Restarts the guest cleanly, and returns when the boot before is over: what is asked next waits for the new one.
     *
     * @throws LabException (host) if the machine ends instead
     */
    void reboot(Deadline deadline);

    /**
     * Connects to a port, from inside the machine. The caller closes it.
     *
     * @param host name or address, as the machine knows it
     * @throws LabException (host) if nothing listens there, or the machine has only the classic backdoor
     */
    TwoWayStream connect(String host, int port, Deadline deadline);
}
