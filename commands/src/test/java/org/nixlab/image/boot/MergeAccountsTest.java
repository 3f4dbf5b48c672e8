package org.nixlab.image.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.image.cache.Resources;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the guest's script for changed configurations on the host. */
final class MergeAccountsTest {
    @TempDir
    private Path root;

    @BeforeEach
    void accounts() throws IOException {
        for (var name : new String[] {"passwd", "group", "shadow", "gshadow"}) {
            write("state/accounts/" + name, "root:old::\n");
            write("layers/config/etc/" + name, "root:old::\n");
        }
    }

    @Test
    void usersOfTheGuestSurviveAndThoseOfTheOldConfigurationGo() throws IOException {
        write("state/accounts/passwd", "root:x:0:0\nalice:x:1000:100\n");
        write("state/upper/etc/passwd", "root:x:0:0\nalice:x:1000:100\nguest:x:1001:100\n");
        write("layers/config/etc/passwd", "root:x:0:0\nbob:x:1000:100\n");

        merge();

        assertThat(root.resolve("state/upper/etc/passwd")).hasContent("root:x:0:0\nbob:x:1000:100\nguest:x:1001:100\n");
    }

    @Test
    void aPasswordChangedInTheGuestStaysUnlessTheConfigurationChangedItToo() throws IOException {
        write("state/accounts/shadow", "root:old:1\nalice:old:1\n");
        write("state/upper/etc/shadow", "root:mine:2\nalice:mine:2\n");
        write("layers/config/etc/shadow", "root:old:1\nalice:new:1\n");

        merge();

        assertThat(root.resolve("state/upper/etc/shadow")).hasContent("root:mine:2\nalice:new:1\n");
    }

    @Test
    void membersAddedInTheGuestStay() throws IOException {
        write("state/accounts/group", "wheel:x:10:alice\n");
        write("state/upper/etc/group", "wheel:x:10:alice,guest\nown:x:1001:\n");
        write("layers/config/etc/group", "wheel:x:10:bob\n");

        merge();

        assertThat(root.resolve("state/upper/etc/group")).hasContent("wheel:x:10:bob,guest\nown:x:1001:\n");
    }

    @Test
    void usersOfTheGuestMakeRoomForThoseOfTheConfiguration() throws IOException {
        write("state/accounts/passwd", "root:x:0:0\nalice:x:1000:100\n");
        write("state/upper/etc/passwd", "root:x:0:0\nalice:x:1000:100\nguest:x:1001:1001\nother:x:1002:1001\n");
        write("state/accounts/group", "users:x:100:\n");
        write("state/upper/etc/group", "users:x:100:\nguest:x:1001:\n");
        write("layers/config/etc/passwd", "root:x:0:0\naaron:x:1000:100\nalice:x:1001:100\n");
        write("layers/config/etc/group", "users:x:100:\nown:x:1001:\n");

        merge();

        assertThat(root.resolve("state/upper/etc/group")).hasContent("users:x:100:\nown:x:1001:\nguest:x:1000:\n");
        assertThat(root.resolve("state/upper/etc/passwd"))
                .hasContent(
                        "root:x:0:0\naaron:x:1000:100\nalice:x:1001:100\n" + "guest:x:1003:1000\nother:x:1002:1000\n");
        assertThat(root.resolve("moved.passwd")).hasContent("1000 1001\n1001 1003\n");
        assertThat(root.resolve("moved.group")).hasContent("1001 1000\n");
    }

    @Test
    void filesFollowTheirOwnersAlsoWhenTheGuestTouchedNoAccount() throws IOException {
        write("state/accounts/passwd", "root:x:0:0\nalice:x:1000:100\n");
        write("layers/config/etc/passwd", "root:x:0:0\naaron:x:1000:100\nalice:x:1001:100\n");

        merge();

        assertThat(root.resolve("moved.passwd")).hasContent("1000 1001\n");
        assertThat(root.resolve("state/upper/etc/passwd")).doesNotExist();
    }

    @Test
    void aFileTheGuestNeverTouchedIsLeftToTheConfiguration() throws IOException {
        merge();

        assertThat(root.resolve("state/upper/etc/passwd")).doesNotExist();
    }

    private void merge() throws IOException {
        Files.createDirectories(root.resolve("state/upper/etc"));
        var script = Resources.text(Initrd.class, "merge-accounts")
                .replace("/state/", root + "/state/")
                .replace("/layers/", root + "/layers/")
                .replace("/merged", root + "/merged")
                .replace("/owned.", root + "/owned.")
                .replace("/moved.", root + "/moved.");
        var result = HostProcess.run(HostCommand.of("sh", "-c", script), Deadline.in(Duration.ofSeconds(20)));
        assertThat(result.err()).isEmpty();
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), text);
    }
}
