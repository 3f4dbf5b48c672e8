package org.nixlab.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.nixlab.base.Deadline;
import org.nixlab.guest.ChannelSource;
import org.nixlab.qmp.QmpClient;

import static java.util.Objects.requireNonNull;

/** The channels of a machine under QEMU: those it was started with, and further ones plugged in while it runs. */
final class QemuChannels implements ChannelSource {
    /** As many ports as one virtio-serial device has room for beside the backdoor. */
    private static final int MOST_SLOTS = 16;

    private static final Pattern SLOT = Pattern.compile("nixlab\\.(\\d+)");

    private final String machine;
    private final VmDirectory directory;
    private final VmProcess process;

    QemuChannels(String machine, VmDirectory directory, VmProcess process) {
        this.machine = requireNonNull(machine, "machine");
        this.directory = requireNonNull(directory, "directory");
        this.process = requireNonNull(process, "process");
    }

    static String slot(int number) {
        return "nixlab." + number;
    }

    @Override
    public String machine() {
        return machine;
    }

    /** Each look is also a look whether the machine still lives, so that nobody waits for a dead one. */
    @Override
    public List<Path> slots() {
        if (!process.isRunning()) {
            throw process.death();
        }
        try (var entries = Files.list(directory.runtime())) {
            return entries.filter(entry ->
                            SLOT.matcher(entry.getFileName().toString()).matches())
                    .sorted(Comparator.comparingInt(QemuChannels::number))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<Path> plugSlot(Deadline deadline) {
        // The file is made before the port, so that two processes never choose the same number.
        try (var lock = FileChannel.open(
                        directory.runtime().resolve("plug.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var qmp = QmpClient.connect(directory.qmp(), machine, event -> {}, deadline)) {
            lock.lock();
            int number = slots().stream().mapToInt(QemuChannels::number).max().orElse(-1) + 1;
            if (number >= MOST_SLOTS) {
                return Optional.empty();
            }
            plug(slot(number), qmp, deadline);
            return Optional.of(directory.port(slot(number)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void plug(String port, QmpClient qmp, Deadline deadline) {
        qmp.execute(
                "chardev-add",
                Map.of(
                        "id",
                        "chardev-" + port,
                        "backend",
                        Map.of(
                                "type",
                                "socket",
                                "data",
                                Map.of(
                                        "addr",
                                        Map.of(
                                                "type",
                                                "unix",
                                                "data",
                                                Map.of(
                                                        "path",
                                                        directory.port(port).toString())),
                                        "server",
                                        true,
                                        "wait",
                                        false))),
                deadline);
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
    public Optional<Path> backdoor() {
        return Optional.of(directory.backdoor());
    }

    private static int number(Path socket) {
        var matcher = SLOT.matcher(socket.getFileName().toString());
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }
}
