package org.nixlab.machine.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PrivateDirectoryTest {
    @TempDir
    Path temporary;

    @Test
    void isPrivateFromBirthAndFoundAgain() throws IOException {
        var directory = temporary.resolve("private");

        PrivateDirectory.make(directory);
        PrivateDirectory.make(directory);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void anOpenDirectoryIsRefused() throws IOException {
        var directory = Files.createDirectory(temporary.resolve("open"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> PrivateDirectory.make(directory))
                .hasMessage(directory + " is not a private directory of yours");
    }

    @Test
    void aLinkIsRefused() throws IOException {
        var target = temporary.resolve("target");
        PrivateDirectory.make(target);
        var link = Files.createSymbolicLink(temporary.resolve("link"), target);

        assertThatThrownBy(() -> PrivateDirectory.make(link)).hasMessageContaining("not a private directory");
    }

    @Test
    void deletingFollowsNoLinks() throws IOException {
        var outside = Files.writeString(temporary.resolve("outside"), "kept");
        var directory = temporary.resolve("private");
        PrivateDirectory.make(directory);
        Files.createSymbolicLink(directory.resolve("link"), outside);

        PrivateDirectory.delete(directory);
        PrivateDirectory.delete(directory);

        assertThat(outside).exists();
        assertThat(directory).doesNotExist();
    }

    @Test
    void isRemovedThoughAFileIsLeftThereMeanwhile() throws Exception {
        for (int round = 0; round < 100; round++) {
            var runtime = Files.createDirectory(temporary.resolve("runtime" + round));
            for (int file = 0; file < 20; file++) {
                Files.createFile(runtime.resolve("socket" + file));
            }
            var lock = runtime.resolve("qmp.lock");
            var looking = new Thread(
                    () -> {
                        try {
                            while (Files.exists(runtime.resolve("socket10"))) {
                                Thread.onSpinWait();
                            }
                            Files.createFile(lock);
                        } catch (IOException e) {
                            // It came too late.
                        }
                    },
                    "a look");
            looking.start();

            PrivateDirectory.delete(runtime);
            looking.join();

            assertThat(lock).doesNotExist();
        }
    }
}
