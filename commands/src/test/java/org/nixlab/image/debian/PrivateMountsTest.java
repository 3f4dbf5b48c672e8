package org.nixlab.image.debian;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

final class PrivateMountsTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void onlyRootMayMount() {
        assumeTrue(Mmdebstrap.mode().equals("root"), "not root");
    }

    @Test
    void whatAKilledBuilderHadMountedIsGone() throws IOException {
        var builder = PrivateMounts.around(HostCommand.of(
                "sh",
                "-c",
                "mount -t tmpfs none \"$0\" && touch \"$0\"/inside && ls \"$0\" && kill -9 $$",
                directory.toString()));

        var result = HostProcess.run(builder, Deadline.in(Duration.ofSeconds(10)));

        assertThat(result.out()).isEqualTo("inside\n");
        assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(directory.toString());
        assertThat(directory).isEmptyDirectory();
    }
}
