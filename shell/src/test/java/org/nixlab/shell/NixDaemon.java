package org.nixlab.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

/**
 * Nix as the users of a host share it: a daemon of root's that builds in a sandbox, as users of its own, for others. It has
 * a store of its own. The accounts of its builders are there for it alone, and none that another Nix would have: Nix kills
 * whatever runs as one of them. Only root can start it.
 */
final class NixDaemon implements AutoCloseable {
    private static final String SETTINGS = "build-users-group = nixbld\nsubstituters =\nsandbox = true\n"
            + "sandbox-fallback = false\nsandbox-paths = /bin /usr /lib /lib64\n";
    private static final String START =
            "mount --bind \"$1/passwd\" /etc/passwd; mount --bind \"$1/group\" /etc/group; exec nix-daemon";

    private final Path directory;
    private final HostProcess process;

    private NixDaemon(Path directory, HostProcess process) {
        this.directory = directory;
        this.process = process;
    }

    /** @param directory one that all users can look into */
    static NixDaemon start(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("state"));
        Files.writeString(
                directory.resolve("passwd"),
                Files.readString(Path.of("/etc/passwd"))
                        + "nixbld1:x:64801:64800::/:/bin/false\nnixbld2:x:64802:64800::/:/bin/false\n");
        Files.writeString(
                directory.resolve("group"),
                Files.readString(Path.of("/etc/group")) + "nixbld:x:64800:nixbld1,nixbld2\n");
        var command = HostCommand.of("unshare", "--mount", "sh", "-ec", START, "sh", directory.toString())
                .environment("NIX_CONFIG", SETTINGS);
        for (var variable : places(directory).entrySet()) {
            command = command.environment(variable.getKey(), variable.getValue());
        }
        var daemon = new NixDaemon(
                directory,
                HostProcess.start(command, OutputStream.nullOutputStream(), OutputStream.nullOutputStream()));
        Await.host()
                .until(
                        new Condition(
                                "Nix's daemon listens",
                                () -> new Observation(
                                        Files.exists(daemon.entrance().resolve("socket")), ""),
                                ""),
                        Deadline.in(Duration.ofSeconds(30)));
        return daemon;
    }

    private static Map<String, String> places(Path directory) {
        return Map.of(
                "NIX_STORE_DIR", directory.resolve("store").toString(),
                "NIX_STATE_DIR", directory.resolve("state").toString(),
                "NIX_LOG_DIR", directory.resolve("log").toString());
    }

    /** Returns the environment of a user. */
    Map<String, String> environment() {
        var environment = new TreeMap<>(places(directory));
        environment.putAll(Map.of("NIX_CONFIG", "", "NIX_PATH", "", "NIXPKGS_ALL", "", "NIXOS", ""));
        return environment;
    }

    /** Lets nobody but root come to it. */
    void shut() {
        try {
            Files.setPosixFilePermissions(entrance(), PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the directory of its socket. */
    private Path entrance() {
        return directory.resolve("state/daemon-socket");
    }

    @Override
    public void close() {
        process.close();
    }
}
