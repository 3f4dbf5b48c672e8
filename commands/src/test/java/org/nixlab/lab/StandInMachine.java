package org.nixlab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.nixlab.base.Deadline;
import org.nixlab.lab.state.LabDirectory;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.process.Daemon;
import org.nixlab.process.HostCommand;

/** A process that stands for the QEMU of a machine: it writes to its log and is noted where that is. */
public final class StandInMachine implements AutoCloseable {
    private final Daemon process;

    private StandInMachine(Daemon process) {
        this.process = process;
    }

    /** Starts one as a machine of a lab. */
    public static StandInMachine start(LabDirectory lab, String name) {
        lab.makeRuntime();
        lab.makeMachine(name);
        return start(lab.machine(name));
    }

    public static StandInMachine start(VmDirectory place) {
        try {
            Files.createDirectories(place.state());
            Files.createDirectories(place.runtime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var log = place.state().resolve("console.log");
        var process = Daemon.start(HostCommand.of("sleep", "600").in(Path.of("/")), log, log);
        process.save(VmDirectory.processIn(place.runtime()));
        process.save(
                place.state().resolve("process"),
                place.runtime().toString(),
                place.state().resolve("disk.qcow2").toString());
        return new StandInMachine(process);
    }

    /** Starts what stands for the switch of a VLAN. */
    static StandInMachine switchOf(LabDirectory lab, int vlan) {
        var log = lab.runtime().resolve("vlan" + vlan + ".log");
        var process = Daemon.start(HostCommand.of("sleep", "600").in(Path.of("/")), log, log);
        process.save(lab.runtime().resolve("vlan" + vlan + ".state"));
        return new StandInMachine(process);
    }

    public Daemon process() {
        return process;
    }

    @Override
    public void close() {
        process.kill();
        process.awaitEnd(Deadline.in(Duration.ofSeconds(20)));
    }
}
