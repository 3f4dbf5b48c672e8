package org.nixlab.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.image.cache.ImageCache;
import org.nixlab.lab.SmallDisk;
import org.nixlab.process.HostProcess;
import org.nixlab.process.ProcessResult;

import static org.assertj.core.api.Assertions.assertThat;

/** What users get when a build cannot be done: on a full disk, without a network, of packages that do not fit. */
@Timeout(600)
class BuildFailureIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir
    Path directory;

    @Test
    void aFullDiskIsSaidBeforeAndDuringWork() throws IOException {
        var mountPoint = Files.createDirectory(directory.resolve("disk"));
        network("{ m = { }; }");
        for (int room : new int[] {100, 500}) {
            try (var disk = new SmallDisk(mountPoint, room)) {
                var built = build(disk.directory());

                assertThat(built.exitCode()).as(built.err()).isEqualTo(4);
                assertThat(built.err())
                        .contains("could not be built: the disk is full")
                        .contains("MiB free")
                        .contains("images prune");
            }
        }
    }

    @Test
    void aMirrorOutOfReachIsNamed() throws IOException {
        network("{ m = { }; }");

        var built = build(directory.resolve("cache"), "--mirror", "http://127.0.0.1:9/debian");

        assertThat(built.exitCode()).isEqualTo(3);
        assertThat(built.err())
                .contains("the Debian mirror cannot be reached")
                .contains("http://127.0.0.1:9/debian")
                .contains("--mirror URL");
    }

    @Test
    void packagesThatCannotBeInstalledTogetherAreNamed() throws IOException {
        network("{ m = { pkgs, ... }: { environment.systemPackages = [ pkgs.postfix pkgs.exim4-daemon-light ]; }; }");

        var built = build(ImageCache.defaultRoot(System.getenv()));

        assertThat(built.exitCode()).isEqualTo(3);
        assertThat(built.err())
                .contains("packages of m could not be built")
                .contains("exim4-daemon-light : Conflicts: mail-transport-agent");
    }

    private void network(String text) throws IOException {
        Files.writeString(directory.resolve("network.nix"), text);
    }

    private ProcessResult build(Path cache, String... options) {
        var words = new ArrayList<>(List.of(options));
        words.addAll(List.of("-e", "build", "network.nix"));
        return HostProcess.run(
                Launcher.command(directory, words.toArray(String[]::new)).environment("NIXLAB_CACHE", cache.toString()),
                Deadline.in(LIMIT));
    }
}
