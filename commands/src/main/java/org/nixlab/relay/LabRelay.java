package org.nixlab.relay;

import java.io.File;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.nixlab.base.Await;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.process.Daemon;
import org.nixlab.process.HostCommand;
import org.nixlab.process.Lease;
import org.nixlab.process.RunningPrograms;

import static java.util.Objects.requireNonNull;

/**
 * The relay of a lab as nixlab sees it: a process of its own that outlives nixlab, started when it is first needed. Safe
 * for use by many threads and by several shells at once.
 */
public final class LabRelay {
    /** The relay waits nearly always, so it should be small rather than quick. */
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx96m",
            "-Xss256k",
            "-XX:MaxMetaspaceSize=48m",
            "-XX:-UsePerfData");

    private static final String HINT = "stop and run the lab again";

    /** A relay that runs answers within milliseconds. */
    private static final Duration ANSWERING = Duration.ofSeconds(10);

    private static final Duration STARTING = Duration.ofMinutes(1);

    private final Path state;
    private final Path runtime;

    /**
     * @param state the directory where the lab keeps what stays
     * @param runtime its private directory, on a path short enough for sockets
     */
    public LabRelay(Path state, Path runtime) {
        this.state = requireNonNull(state, "state");
        this.runtime = requireNonNull(runtime, "runtime");
    }

    static Path control(Path runtime) {
        return runtime.resolve("relay");
    }

    public boolean isRunning() {
        return process().isPresent();
    }

    /**
     * Opens an entrance, starting the relay if need be, and returns it with the address it was given. One that is there
     * already stays as it is.
     *
     * @throws LabException (host) if the address is taken or the relay does not start
     */
    public Entrance add(Entrance entrance, Deadline deadline) {
        start(deadline);
        return Entrance.parse(ask("add " + entrance.line(), deadline).get(0));
    }

    /**
     * Closes an entrance and sends away who came through it.
     *
     * @throws LabException (host) if there is no such entrance
     */
    public void remove(Entrance entrance, Deadline deadline) {
        ask("remove " + entrance.listen(), deadline);
    }

    /** Returns the open entrances; none if no relay runs. */
    public List<Entrance> list(Deadline deadline) {
        return isRunning() ? ask("list", deadline).stream().map(Entrance::parse).toList() : List.of();
    }

    /** Ends the relay and removes its files. Doing it again does nothing. */
    public void stop() {
        noted().ifPresent(Daemon::kill);
        unnoted().forEach(Daemon::kill);
        try {
            Files.deleteIfExists(record());
            Files.deleteIfExists(control(runtime));
        } catch (IOException e) {
            throw LabException.host("the relay's files could not be removed", "", "", e);
        }
    }

    private void start(Deadline deadline) {
        var started = new AtomicBoolean();
        var serving = new Condition("the lab's relay", () -> serving(started, deadline), HINT);
        Await.host().until(serving, Deadline.in(STARTING).orSooner(deadline));
    }

    private Observation serving(AtomicBoolean started, Deadline deadline) {
        if (isRunning()) {
            return answers(deadline) ? Observation.met("serving") : Observation.unmet("it does not answer");
        }
        if (started.get()) {
            throw LabException.host("the lab's relay ended at once", log().toString(), "");
        }
        started.set(tryStart());
        return Observation.unmet(started.get() ? "starting" : "another shell starts it");
    }

    /** Returns false if another shell is just doing it. */
    private boolean tryStart() {
        try (var lock = Lease.tryTakeOfSocket(control(runtime)).orElse(null)) {
            if (lock == null) {
                return false;
            }
            if (isRunning()) {
                return true;
            }
            unnoted().forEach(Daemon::kill);
            Files.deleteIfExists(control(runtime));
            Files.deleteIfExists(log());
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var command = HostCommand.of(java)
                    .with(JVM)
                    .with("-cp", absoluteClassPath(), RelayMain.class.getName())
                    .with(runtime.toString(), state.toString());
            Daemon.start(command.in(runtime), log(), log()).save(record());
            return true;
        } catch (IOException e) {
            throw LabException.host("the lab's relay could not be started: " + e.getMessage(), "", "", e);
        }
    }

    private static String absoluteClassPath() {
        var entries = System.getProperty("java.class.path").split(File.pathSeparator);
        for (int i = 0; i < entries.length; i++) {
            entries[i] = Path.of(entries[i]).toAbsolutePath().toString();
        }
        return String.join(File.pathSeparator, entries);
    }

    private boolean answers(Deadline deadline) {
        try {
            ask("list", deadline);
            return true;
        } catch (CancelledException e) {
            throw e;
        } catch (LabException e) {
            return false;
        }
    }

    private List<String> ask(String request, Deadline deadline) {
        var answer = exchange(request, Deadline.in(ANSWERING).orSooner(deadline));
        if (!answer.startsWith("ok")) {
            throw LabException.host(
                    "the lab's relay refused: "
                            + answer.replaceFirst("^error ", "").strip(),
                    "",
                    "");
        }
        return answer.lines().skip(1).toList();
    }

    private String exchange(String request, Deadline deadline) {
        try (var connection = ControlConnection.to(control(runtime), deadline)) {
            connection.write(request, deadline);
            return connection.read(deadline);
        } catch (ClosedByInterruptException e) {
            throw new CancelledException("asking the lab's relay");
        } catch (DeadlineException e) {
            throw new DeadlineException("the lab's relay does not answer", log().toString(), HINT);
        } catch (IOException e) {
            throw LabException.host("the lab's relay does not answer: " + e.getMessage(), log().toString(), HINT, e);
        }
    }

    /** Its note may have been removed with other old files of {@code /tmp}; then it is found among all processes. */
    private Optional<Daemon> process() {
        return noted().or(() ->
                Files.exists(control(runtime)) ? unnoted().stream().findFirst() : Optional.empty());
    }

    /** Returns its process as it was written down, if that still runs. */
    public Optional<Daemon> noted() {
        return Daemon.load(record()).filter(Daemon::isAlive);
    }

    private List<Daemon> unnoted() {
        return RunningPrograms.startedWith(this::isOf);
    }

    /** Returns whether a command line is that of this relay. */
    public boolean isOf(List<String> words) {
        return Collections.indexOfSubList(words, List.of(RelayMain.class.getName(), runtime.toString())) >= 0;
    }

    private Path record() {
        return runtime.resolve("relay.state");
    }

    private Path log() {
        return state.resolve("relay.log");
    }
}
