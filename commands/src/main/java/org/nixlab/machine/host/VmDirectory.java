package org.nixlab.machine.host;

import java.nio.file.Path;

import static java.util.Objects.requireNonNull;

/**
 * Where one machine keeps its things: what stays ({@code state}, under {@code .nixlab/}) and the sockets of one run
 * ({@code runtime}, on a short path because a UNIX socket's path holds at most 107 bytes, unix(7)).
 */
public record VmDirectory(Path state, Path runtime) {
    public VmDirectory {
        requireNonNull(state, "state");
        requireNonNull(runtime, "runtime");
    }

    /**
     * Returns where a machine of a lab keeps its things.
     *
     * @param state the lab's directory of what stays
     * @param runtime the lab's directory of sockets
     */
    public static VmDirectory in(Path state, Path runtime, String machine) {
        return new VmDirectory(state.resolve("machines").resolve(machine), runtime.resolve(machine));
    }

    /** Returns the machine's own disk. */
    public Path disk() {
        return state.resolve("disk.qcow2");
    }

    /** Returns the file that stands until the root file system is as large as a disk that was made larger. */
    public Path growRoot() {
        return state.resolve("grow-root");
    }

    /** Returns everything the serial console printed, over all runs. */
    public Path consoleLog() {
        return state.resolve("console.log");
    }

    /** Returns what QEMU itself had to say. */
    Path qemuLog() {
        return state.resolve("qemu.log");
    }

    /** Returns the file that names the running QEMU; it stands from start to stop. */
    public Path process() {
        return state.resolve("process");
    }

    /**
     * Returns the file that names a running QEMU among the sockets of its run, to be found there should the other one be
     * removed.
     */
    public static Path processIn(Path runtime) {
        return runtime.resolve("process");
    }

    /** Returns the file that says what the machine was declared to be when the present run began. */
    Path declared() {
        return state.resolve("declared");
    }

    /** Returns the file that says where in the machine the programs of its channels are, and what they can do. */
    Path programs() {
        return state.resolve("programs");
    }

    /** Returns that file among the sockets of the run, should the other one be removed. */
    Path runningPrograms() {
        return runtime.resolve("programs");
    }

    /** Returns the directory for what a start script keeps for QEMU alone. */
    public Path scratch() {
        return state.resolve("scratch");
    }

    /** Returns the copy of a start script that was changed for this machine. */
    public Path startScript() {
        return state.resolve("start");
    }

    /** Returns what the firmware of a machine that boots by EFI remembers. */
    public Path efiVariables() {
        return state.resolve("efi-vars.fd");
    }

    /** Returns the directory of what a machine's TPM remembers, and of its sockets. */
    public Path tpm() {
        return state.resolve("tpm");
    }

    /** Returns the file that says where in the console log the present run begins. */
    Path consoleStart() {
        return state.resolve("console.start");
    }

    /** Returns the file that stands from when the machine became ready until it is stopped. */
    Path ready() {
        return runtime.resolve("ready");
    }

    /** Returns the file that stands from when a slot of the machine first answered until it is stopped. */
    Path answered() {
        return runtime.resolve("answered");
    }

    /** Returns the file that stands while somebody ends the machine. */
    Path ending() {
        return state.resolve("ending");
    }

    public Path console() {
        return runtime.resolve("console");
    }

    public Path qmp() {
        return runtime.resolve("qmp");
    }

    /** Returns the socket of the monitor that writes the event log. */
    public Path eventMonitor() {
        return runtime.resolve("events");
    }

    /** Returns the file with everything QEMU reported in the present run. */
    public Path eventLog() {
        return runtime.resolve("events.log");
    }

    /** Returns the socket of the classic backdoor. */
    public Path backdoor() {
        return runtime.resolve("backdoor");
    }

    public Path port(String name) {
        return runtime.resolve(name);
    }
}
