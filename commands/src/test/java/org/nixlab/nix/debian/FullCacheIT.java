package org.nixlab.nix.debian;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.Detail;
import org.nixlab.lab.SmallDisk;
import org.nixlab.model.GuestArchitecture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class FullCacheIT {
    @TempDir
    Path directory;

    @TempDir
    Path cache;

    @Test
    void aCacheWithoutRoomIsNoComplaintOfNixsDatabase() throws IOException {
        var network = Files.writeString(directory.resolve("network.nix"), "{ a = { }; }");
        var index = Files.writeString(directory.resolve("index.json"), "{}");
        try (var disk = new SmallDisk(cache, 2)) {
            Files.write(disk.directory().resolve("fill"), new byte[3 << 19]);

            assertThatThrownBy(() -> new NetworkEvaluator(disk.directory(), System.getenv())
                            .evaluate(
                                    network,
                                    index,
                                    GuestArchitecture.X86_64,
                                    Detail.SCREEN,
                                    Deadline.in(Duration.ofMinutes(1))))
                    .hasMessage("the disk that nixlab's cache is on is full");
        }
    }
}
