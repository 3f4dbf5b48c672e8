package org.nixlab.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

import org.nixlab.base.Threads;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.machine.qemu.MachineStreams;
import org.nixlab.machine.qemu.VmEnd;

/** The relay as a program: {@code RelayMain RUNTIME STATE}, the two directories of a lab. Ends with the lab. */
public final class RelayMain {
    private static final Duration LOOK = Duration.ofSeconds(2);
    /** A machine that is started again is soon there again. */
    private static final int LOOKS_WITHOUT_MACHINES = 5;

    private final Path state;
    private final Path runtime;

    RelayMain(Path state, Path runtime) {
        this.state = state;
        this.runtime = runtime;
    }

    /** Serves until no machine of the lab runs any more. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new RelayMain(Path.of(arguments[1]), Path.of(arguments[0])).run();
    }

    private void run() throws IOException, InterruptedException {
        var control = LabRelay.control(runtime);
        var relay = new Relay(
                machine -> MachineStreams.of(machine, VmDirectory.in(state, runtime, machine)), RelayMain::log);
        var door = Listener.bindPath(control);
        var serving = Threads.unstarted("relay-control", () -> relay.serve(door));
        // The first line takes files, of time zones: later there may be none left.
        log("started");
        serving.start();
        for (int without = 0; without < LOOKS_WITHOUT_MACHINES; without = anyRuns() ? 0 : without + 1) {
            Thread.sleep(LOOK.toMillis());
        }
        Files.deleteIfExists(control);
    }

    /** The state of a lab that was moved, or removed under its machines, is not where it was. */
    boolean anyRuns() {
        try {
            return Stream.of(state.resolve("machines"), runtime)
                    .flatMap(RelayMain::names)
                    .distinct()
                    .anyMatch(name ->
                            VmEnd.of(name, VmDirectory.in(state, runtime, name)).isRunning());
        } catch (UncheckedIOException e) {
            // Whoever comes through an entrance takes files that this look needs: who cannot look knows of no end.
            return true;
        }
    }

    private static Stream<String> names(Path directory) {
        try (var entries = Files.list(directory)) {
            return entries
                    .filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .toList()
                    .stream();
        } catch (NoSuchFileException e) {
            return Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void log(String line) {
        System.err.println(LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS) + " " + line);
    }
}
