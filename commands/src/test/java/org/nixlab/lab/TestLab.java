package org.nixlab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.Detail;
import org.nixlab.lab.state.LabDirectory;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.Host;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.model.Selector;
import org.nixlab.nix.NetworkPart;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.Result;

/** A lab on real guests in a directory of its own; closing it pulls the plugs. */
public final class TestLab implements AutoCloseable {
    private final Path directory;
    private final Labs labs;
    private Lab lab;

    public TestLab(Path directory, String network) {
        this.directory = directory;
        this.labs = new LocalLabs(new Host(directory, System.getenv()));
        write(network);
        this.lab = load();
    }

    public static Deadline minutes(int minutes) {
        return Deadline.in(Duration.ofMinutes(minutes));
    }

    public Lab lab() {
        return lab;
    }

    /** Opens the lab once more, as another shell would. */
    Lab load() {
        return labs.load(
                new LoadRequest(
                        file(),
                        Optional.empty(),
                        Optional.empty(),
                        GuestSystem.DEBIAN,
                        Optional.empty(),
                        NixOptions.NONE,
                        NetworkPart.ALL,
                        Detail.SCREEN),
                Progress.NONE,
                minutes(10));
    }

    /** Goes away and comes back. */
    void reopen() {
        lab.close();
        lab = load();
    }

    void write(String network) {
        try {
            Files.writeString(file(), network);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void run() {
        lab.run(Selector.ALL, new Lab.RunRequest(false, false), Progress.NONE, minutes(20));
    }

    void stop() {
        lab.stop(Selector.ALL, Progress.NONE, minutes(3));
    }

    Result execute(String machine, String command) {
        return lab.machine(machine).execute(ExecRequest.of(command), minutes(2));
    }

    public String succeed(String machine, String command) {
        var result = execute(machine, command);
        if (!result.succeeded()) {
            throw new AssertionError(
                    "`" + command + "` exited with " + result.exitCode() + ": " + result.getErr() + result.getOut());
        }
        return result.getOut();
    }

    /** Closes the channels; the machines go on and are found again by {@link #close}. */
    public void letGo() {
        reopen();
    }

    /** Returns where a machine keeps its sockets. */
    public VmDirectory directory(String machine) {
        return new LabDirectory(directory, "network").machine(machine);
    }

    @Override
    public void close() {
        lab.kill(Selector.ALL, minutes(1));
        lab.close();
    }

    private Path file() {
        return directory.resolve("network.nix");
    }
}
