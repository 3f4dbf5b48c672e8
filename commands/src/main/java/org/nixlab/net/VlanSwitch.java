package org.nixlab.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.process.Daemon;
import org.nixlab.process.HostCommand;
import org.nixlab.process.RunningPrograms;

import static java.util.Objects.requireNonNull;

/**
 * The virtual Ethernet switch of one VLAN: a {@code vde_switch} process that outlives nixlab.
 *
 * <p>It is a hub, as in the NixOS test driver: every machine sees all traffic of its VLAN, so that any of them can capture
 * it. Its control socket is the directory handed to QEMU in {@code QEMU_VDE_SOCKET_<vlan>}. A QEMU joins a switch once:
 * when that switch ends, the machine is cut off until it is started again, also from one that takes its place.
 */
public final class VlanSwitch {
    private static final Pattern FILE = Pattern.compile("vlan(\\d{1,4})(?:\\.state)?");

    private static final String PROGRAM = "vde_switch";
    private static final String SOCKET = "--sock";

    /** It is there within milliseconds. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /**
     * With its standard input at its end it would leave, and as a daemon it would tell nobody why it does: it gets an
     * input that never ends.
     */
    private static final String WITH_ENDLESS_INPUT =
            "rm -f \"$0\"; mkfifo -m 600 \"$0\" && exec <>\"$0\" && rm \"$0\" && exec \"$@\"";

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
            return files.map(file -> FILE.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> Integer.valueOf(name.group(1)))
                    .distinct()
                    .map(vlan -> new VlanSwitch(vlan, directory))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether a command line is that of a switch in a directory. */
    public static boolean isStartedIn(Path directory, List<String> words) {
        int program = words.indexOf(PROGRAM);
        return program >= 0
                && words.size() > program + 2
                && words.get(program + 1).equals(SOCKET)
                && Path.of(words.get(program + 2)).startsWith(directory);
    }

    public int vlan() {
        return vlan;
    }

    /** Returns the control directory of the switch. */
    public Path socket() {
        return directory.resolve("vlan" + vlan);
    }

    public boolean isRunning() {
        return process().isPresent();
    }

    /**
     * Returns the process of the switch, if machines can join it. Its note may have been removed with other old files of
     * {@code /tmp}; then it is found among all processes.
     */
    public Optional<Daemon> process() {
        if (!Files.exists(control())) {
            return Optional.empty();
        }
        return noted().or(() -> unnoted().stream().findFirst());
    }

    /**
     * Starts the switch unless it runs already, and waits until machines can join it.
     *
     * @throws LabException if there is no {@code vde_switch} or it ends at once; it says why
     */
    public void start(Deadline deadline) {
        var running = process();
        if (running.isPresent()) {
            if (noted().isEmpty()) {
                running.get().save(stateFile());
            }
            return;
        }
        stop();
        var command = HostCommand.of("sh", "-c", WITH_ENDLESS_INPUT)
                .with(directory.resolve("vlan" + vlan + ".input").toString())
                .with(PROGRAM, SOCKET, socket().toString(), "--dirmode", "0700", "--hub")
                .in(directory);
        var started = Daemon.start(command, log(), log());
        started.save(stateFile());
        try {
            Await.host().until(joinable(started), Deadline.in(LIMIT).orSooner(deadline));
        } catch (DeadlineException e) {
            started.kill();
            throw e;
        }
    }

    private Condition joinable(Daemon started) {
        return new Condition(
                "the switch of VLAN " + vlan,
                () -> {
                    if (!started.isAlive()) {
                        var reason = reason();
                        throw LabException.host(
                                "the switch of VLAN " + vlan + " did not start" + reason,
                                log().toString(),
                                reason.endsWith("not found") ? "on Debian: sudo apt-get install vde2" : "");
                    }
                    return new Observation(Files.exists(control()), "starting");
                },
                "");
    }

    private String reason() {
        try {
            var said = Files.readString(log()).strip();
            return said.isEmpty()
                    ? ""
                    : ": " + said.lines().reduce((first, last) -> last).orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** Ends the switch and removes its files. Doing it again does nothing. */
    public void stop() {
        noted().ifPresent(Daemon::kill);
        unnoted().forEach(Daemon::kill);
        deleteTree(socket());
        deleteTree(log());
        // Of switches that an earlier nixlab started.
        deleteTree(directory.resolve("vlan" + vlan + ".pid"));
        deleteTree(stateFile());
    }

    /** Returns its process as it was written down, if that still runs. */
    public Optional<Daemon> noted() {
        return Daemon.load(stateFile()).filter(Daemon::isAlive);
    }

    private List<Daemon> unnoted() {
        return RunningPrograms.startedWith(PROGRAM, SOCKET, socket().toString());
    }

    private Path control() {
        return socket().resolve("ctl");
    }

    private Path log() {
        return directory.resolve("vlan" + vlan + ".log");
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
