package org.nixlab.machine.qemu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.guest.channel.ChannelSource;
import org.nixlab.machine.host.GuestPrograms;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.machine.host.VmProcess;
import org.nixlab.machine.start.QemuArguments;
import org.nixlab.qmp.QmpClient;
import org.nixlab.qmp.QmpEvent;

import static java.util.Objects.requireNonNull;

/** The channels of a machine under QEMU: those it was started with, and further ones plugged in while it runs. */
public final class QemuChannels implements ChannelSource {
    /** As many ports as one virtio-serial device has room for beside the backdoor. */
    private static final int MOST_SLOTS = 16;

    /** Copies at once; more would not be faster. */
    private static final int MOST_BULK_PORTS = 8;

    private static final String SLOT = "nixlab.";
    private static final String BULK = "bulk.";

    private static final Duration UNPLUG_LIMIT = Duration.ofSeconds(5);

    private final String machine;
    private final VmDirectory directory;
    private final VmProcess process;

    public QemuChannels(String machine, VmDirectory directory, VmProcess process) {
        this.machine = requireNonNull(machine, "machine");
        this.directory = requireNonNull(directory, "directory");
        this.process = requireNonNull(process, "process");
    }

    static String slot(int number) {
        return SLOT + number;
    }

    @Override
    public String machine() {
        return machine;
    }

    /** Those that nobody serves in the guest are the last to be tried. */
    @Override
    public List<Path> slots() {
        return ports(SLOT).stream()
                .sorted(Comparator.comparing(
                        slot -> change(slot).filter(change -> !change.open()).isPresent()))
                .toList();
    }

    @Override
    public Optional<Instant> lastChange(Path slot) {
        return change(slot).map(QmpEvent.GuestPort::when);
    }

    /** Returns whether the guest serves a slot, as far as QEMU tells; one that goes down serves none. */
    boolean areServed() {
        var slots = slots();
        return slots.isEmpty()
                || slots.stream()
                        .anyMatch(slot ->
                                change(slot).map(QmpEvent.GuestPort::open).orElse(true));
    }

    private Optional<QmpEvent.GuestPort> change(Path slot) {
        return process.events().lastChange("port-" + slot.getFileName());
    }

    @Override
    public void markAnswered() {
        process.markAnswered();
    }

    @Override
    public boolean hasAnswered() {
        return process.hasAnswered();
    }

    @Override
    public List<Path> plugSlots(int count, Deadline deadline) {
        return plugNext(SLOT, count, MOST_SLOTS, deadline);
    }

    @Override
    public List<Path> bulkPorts() {
        return ports(BULK);
    }

    @Override
    public boolean plugBulkPort(Deadline deadline) {
        return !slots().isEmpty()
                && GuestPrograms.load(directory).canChecksum()
                && !plugNext(BULK, 1, MOST_BULK_PORTS, deadline).isEmpty();
    }

    /** Each look is also a look whether the machine still lives, so that nobody waits for a dead one. */
    private List<Path> ports(String prefix) {
        if (!process.isRunning()) {
            throw process.death();
        }
        try (var entries = Files.list(directory.runtime())) {
            return entries.filter(entry -> number(prefix, entry) >= 0)
                    .sorted(Comparator.comparingInt(entry -> number(prefix, entry)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> plugNext(String prefix, int count, int most, Deadline deadline) {
        // The monitor has one client at a time, so two processes never choose the same number.
        try (var qmp = QmpClient.connect(directory.qmp(), machine, event -> {}, deadline)) {
            int first = ports(prefix).stream()
                            .mapToInt(port -> number(prefix, port))
                            .max()
                            .orElse(-1)
                    + 1;
            var names = IntStream.range(first, Math.min(first + count, most))
                    .mapToObj(number -> prefix + number)
                    .toList();
            names.forEach(name -> plug(name, qmp, deadline));
            return names.stream().map(directory::port).toList();
        }
    }

    private void plug(String port, QmpClient qmp, Deadline deadline) {
        try {
            plugSocket(port, qmp, deadline);
            plugDevice(port, qmp, deadline);
        } catch (RuntimeException e) {
            // A socket without a port behind it would be taken for one, also one that is made after its wait is over.
            unplugSocket(port, qmp);
            throw e;
        }
    }

    private void plugSocket(String port, QmpClient qmp, Deadline deadline) {
        var path = Map.of("path", directory.port(port).toString());
        var socket = Map.of("addr", Map.of("type", "unix", "data", path), "server", true, "wait", false);
        var backend = Map.of("type", "socket", "data", socket);
        qmp.execute("chardev-add", Map.of("id", "chardev-" + port, "backend", backend), deadline);
    }

    private void unplugSocket(String port, QmpClient qmp) {
        boolean interrupted = Thread.interrupted();
        try {
            qmp.execute("chardev-remove", Map.of("id", "chardev-" + port), Deadline.in(UNPLUG_LIMIT));
            Files.deleteIfExists(directory.port(port));
        } catch (LabException | IOException e) {
            System.getLogger(QemuChannels.class.getName()).log(System.Logger.Level.DEBUG, "left " + port, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void plugDevice(String port, QmpClient qmp, Deadline deadline) {
        qmp.execute(
                "device_add",
                Map.of(
                        "driver",
                        "virtserialport",
                        "bus",
                        QemuArguments.CHANNEL_BUS,
                        "id",
                        "port-" + port,
                        "chardev",
                        "chardev-" + port,
                        "name",
                        port),
                deadline);
    }

    @Override
    public String programs() {
        return GuestPrograms.load(directory).directory();
    }

    @Override
    public Optional<Path> backdoor() {
        return Optional.of(directory.backdoor()).filter(Files::exists);
    }

    /** Returns the number of a socket, or -1 if it is no port of this kind. */
    private static int number(String prefix, Path socket) {
        var name = socket.getFileName().toString();
        return name.matches(Pattern.quote(prefix) + "\\d{1,4}")
                ? Integer.parseInt(name.substring(prefix.length()))
                : -1;
    }
}
