package org.nixlab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.nixlab.base.Deadline;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

import static org.assertj.core.api.Assertions.assertThat;

/** A file system that is soon full, at a directory, while it is open. As an ordinary user it takes sudo, as verify does. */
public final class SmallDisk implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path directory;

    /** @param mebibytes how much it holds */
    public SmallDisk(Path directory, int mebibytes) {
        this.directory = directory;
        asRoot("mount", "-t", "tmpfs", "-o", "mode=1777,size=" + mebibytes + "M", "none", directory.toString());
    }

    public Path directory() {
        return directory;
    }

    /** Makes it larger, and keeps what is there. */
    void grow(int mebibytes) {
        asRoot("mount", "-o", "remount,size=" + mebibytes + "M", directory.toString());
    }

    @Override
    public void close() {
        // Lazily: a machine whose plug was pulled may hold its files for a moment longer.
        asRoot("umount", "--lazy", directory.toString());
    }

    private static void asRoot(String... words) {
        var command = new ArrayList<String>();
        if (!isRoot()) {
            command.addAll(List.of("sudo", "-n"));
        }
        command.addAll(List.of(words));
        var result = HostProcess.run(HostCommand.of(command), Deadline.in(LIMIT));
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
