package org.nixlab.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.process.Daemon;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

import static java.util.Objects.requireNonNull;

/**
 * The virtual Ethernet switch of one VLAN: a {@code vde_switch} process that outlives nixlab.
 *
 * <p>It is a hub, as in the NixOS test driver: every machine sees all traffic of its VLAN, so that any of them can capture
 * it. Its control socket is the directory handed to QEMU in {@code QEMU_VDE_SOCKET_<vlan>}.
 */
public final class VlanSwitch {
    private static final Pattern STATE_FILE = Pattern.compile("vlan(\\d+)\\.state");

    private final int vlan;
    private final Path directory;

    /** @param directory a private directory of the lab, on a path short enough for sockets */
    public VlanSwitch(int vlan, Path directory) {
        this.vlan = vlan;
        this.directory = requireNonNull(directory, "directory");
    }

    /** Returns the switches that were started in a directory, running or not. */
    public static List<VlanSwitch> allIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.map(file -> STATE_FILE.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> new VlanSwitch(Integer.parseInt(name.group(1)), directory))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int vlan() {
        return vlan;
    }

    /** Returns the control directory of the switch. */
    public Path socket() {
        return directory.resolve("vlan" + vlan);
    }

    public boolean isRunning() {
        return Daemon.load(stateFile()).filter(Daemon::isAlive).isPresent();
    }

    /**
     * Starts the switch unless it runs already, and waits until machines can join it.
     *
     * @throws LabException if there is no {@code vde_switch} or it ends at once
     */
    public void start(Deadline deadline) {
        if (isRunning()) {
            return;
        }
        deleteTree(socket());
        // With its standard input at its end, vde_switch would leave unless told that it is a daemon; it then forks,
        // and
        // the process number it writes is the one to know.
        var started = HostProcess.run(
                HostCommand.of(
                        "vde_switch",
                        "--sock",
                        socket().toString(),
                        "--dirmode",
                        "0700",
                        "--hub",
                        "--daemon",
                        "--pidfile",
                        pidFile().toString()),
                deadline);
        if (!started.succeeded()) {
            throw LabException.host(
                    "the switch of VLAN " + vlan + " did not start: "
                            + started.err().strip(),
                    socket().toString(),
                    "is vde_switch installed? apt-get install vde2");
        }
        Await.host()
                .until(
                        new Condition(
                                "the switch of VLAN " + vlan,
                                () -> new Observation(
                                        Files.exists(socket().resolve("ctl")) && pid().isPresent(), "starting"),
                                ""),
                        deadline);
        pid().flatMap(Daemon::of)
                .orElseThrow(() -> LabException.host("the switch of VLAN " + vlan + " ended at once", "", ""))
                .save(stateFile());
    }

    /** Ends the switch and removes its files. Doing it again does nothing. */
    public void stop() {
        Daemon.load(stateFile()).ifPresent(Daemon::kill);
        deleteTree(socket());
        deleteTree(pidFile());
        deleteTree(stateFile());
    }

    private Optional<Long> pid() {
        try {
            return Optional.of(Long.parseLong(Files.readString(pidFile()).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Path pidFile() {
        return directory.resolve("vlan" + vlan + ".pid");
    }

    private Path stateFile() {
        return directory.resolve("vlan" + vlan + ".state");
    }

    private static void deleteTree(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (var paths = Files.walk(root)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
