package org.nixlab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.nixlab.base.Deadline;
import org.nixlab.lab.state.LabDirectory;
import org.nixlab.process.Daemon;
import org.nixlab.process.HostCommand;

/**
 * A lab as an earlier nixlab left it running, file by file as in the resources beside this class; only what belongs to a
 * host is put in: process numbers, paths, inodes. Processes that sleep stand for those of the lab.
 */
final class RecordedLab implements AutoCloseable {
    private final LabDirectory directory;
    private final Path runtime;
    private final Map<String, Daemon> processes = new LinkedHashMap<>();

    RecordedLab(Path home) {
        // Several test runs may share a host.
        var id = UUID.randomUUID().toString().substring(0, 8);
        this.directory = new LabDirectory(home, "network");
        try {
            var state = Files.createDirectories(directory.state());
            Files.writeString(state.resolve("id"), id + " " + inode(state) + "\n");
            directory.makeRuntime();
            this.runtime = directory.runtime().resolveSibling(id);
            var console = state.resolve("machines/m/console.log");
            Files.createDirectories(console.getParent());
            processes.put("@m@", start(console));
            processes.put("@vlan1@", start(runtime.resolve("vlan1.log")));
            processes.put("@relay@", start(state.resolve("relay.log")));
            copy("state", state, id);
            copy("runtime", runtime, id);
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    LabDirectory directory() {
        return directory;
    }

    Path runtime() {
        return runtime;
    }

    Daemon machine() {
        return processes.get("@m@");
    }

    Daemon vlanSwitch() {
        return processes.get("@vlan1@");
    }

    Daemon relay() {
        return processes.get("@relay@");
    }

    private static Daemon start(Path output) {
        return Daemon.start(HostCommand.of("sleep", "600").in(Path.of("/")), output, output);
    }

    private void copy(String part, Path target, String id) throws IOException, URISyntaxException {
        var source = Path.of(RecordedLab.class.getResource("recorded/" + part).toURI());
        try (var files = Files.walk(source)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = target.resolve(source.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, filled(Files.readString(file), id));
            }
        }
    }

    private String filled(String text, String id) {
        var filled = text.replace("@id@", id)
                .replace("@inode@", inode(directory.state()))
                .replace("@state@", directory.state().toString())
                .replace("@runtime@", runtime.toString());
        for (var process : processes.entrySet()) {
            filled = filled.replace(process.getKey(), words(process.getValue()));
        }
        return filled;
    }

    /** Its number, its start in ticks, and the host's boot. */
    private static String words(Daemon process) {
        try {
            var boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"));
            return process.pid() + " " + process.startTicks() + " " + boot.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String inode(Path directory) {
        try {
            var attributes = Files.readAttributes(directory, "unix:dev,ino");
            return attributes.get("dev") + ":" + attributes.get("ino");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        processes.values().forEach(Daemon::kill);
        processes.values().forEach(process -> process.awaitEnd(Deadline.in(Duration.ofSeconds(20))));
        directory.deleteRuntime();
    }
}
