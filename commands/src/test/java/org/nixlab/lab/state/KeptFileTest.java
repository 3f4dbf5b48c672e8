package org.nixlab.lab.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Deadline;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
final class KeptFileTest {
    @TempDir
    private Path directory;

    private Path file;
    private KeptFile<String> kept;
    private int reads;

    @BeforeEach
    void name() {
        file = directory.resolve("file");
        kept = new KeptFile<>(file, this::read);
    }

    @Test
    void whatStaysIsReadOnce() throws IOException {
        Files.writeString(file, "one");
        settle();
        reads = 0;

        for (int i = 0; i < 100; i++) {
            assertThat(kept.get()).isEqualTo("one");
        }

        assertThat(reads).isZero();
    }

    @Test
    void whatIsNotThereIsLookedForOnce() {
        for (int i = 0; i < 100; i++) {
            assertThat(kept.get()).isEmpty();
        }
        assertThat(reads).isEqualTo(1);
    }

    /** Faster than times tell, and as long as what was there. */
    @Test
    void everyChangeIsSeen() throws IOException {
        for (int i = 0; i < 1000; i++) {
            var text = "%04d".formatted(i);
            if (i % 2 == 0) {
                Files.writeString(file, text);
            } else {
                Drafts.write(file, text);
            }
            assertThat(kept.get()).isEqualTo(text);
        }
        Files.delete(file);
        assertThat(kept.get()).isEmpty();
    }

    @Test
    void whatHasTheTimeAndLengthOfTheOneBeforeIsAnother() throws IOException {
        Files.writeString(file, "one");
        settle();
        var time = Files.getLastModifiedTime(file);

        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, time);
        assertThat(kept.get()).isEqualTo("two");

        settle();
        var other = Files.writeString(directory.resolve("other"), "six");
        Files.setLastModifiedTime(other, FileTime.fromMillis(0));
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
        assertThat(kept.get()).isEqualTo("six");
    }

    /** Goes on when the file is old enough to be kept. */
    private void settle() {
        Await.host()
                .until(
                        new Condition(
                                "the file to be kept",
                                () -> {
                                    kept.get();
                                    int before = reads;
                                    kept.get();
                                    return new Condition.Observation(reads == before, "");
                                },
                                ""),
                        Deadline.in(Duration.ofSeconds(20)));
    }

    private String read() {
        reads++;
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
