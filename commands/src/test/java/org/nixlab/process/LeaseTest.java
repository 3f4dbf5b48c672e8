package org.nixlab.process;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every claim is also tried from a second process: a lock on a file keeps no thread of its own process away. */
@Timeout(60)
class LeaseTest {
    @TempDir
    Path directory;

    @Test
    void aSecondTryOfTheHoldersProcessLosesNothing() throws Exception {
        try (var held = taken(file())) {
            assertThat(Lease.tryTake(file())).isEmpty();

            assertThat(anotherProcessHolds(file())).isFalse();
            assertThat(held.isInPlace()).isTrue();
        }
        assertThat(anotherProcessHolds(file())).isTrue();
    }

    @Test
    void aSecondTryByAnotherNameLosesNothing() throws Exception {
        var other = directory.resolve("other");
        try (var held = taken(file())) {
            Files.createSymbolicLink(other, file());

            assertThat(Lease.tryTake(other)).isEmpty();
            assertThat(anotherProcessHolds(file())).isFalse();
            assertThat(held.isInPlace()).isTrue();
        }
    }

    @Test
    void askingForTheHolderLosesNothing() throws Exception {
        try (var held = taken(file())) {
            assertThat(Lease.holder(file()))
                    .isEqualTo(Long.toString(ProcessHandle.current().pid()));
            assertThat(anotherProcessHolds(file())).isFalse();
            assertThat(held.isInPlace()).isTrue();
        }
    }

    @Test
    void anInterruptLosesNothing() throws Exception {
        Thread.currentThread().interrupt();
        try (var held = taken(file())) {
            assertThat(Thread.interrupted()).isTrue();

            assertThat(anotherProcessHolds(file())).isFalse();
            assertThat(held.isInPlace()).isTrue();
        }
        taken(file()).close();
    }

    @Test
    void theDeathOfAnotherProcessFreesIt() throws Exception {
        try (var other = LeaseHolder.of(file())) {
            assertThat(other.holds()).isTrue();
            assertThat(Lease.tryTake(file())).isEmpty();
            assertThat(Lease.holder(file())).isEqualTo(Long.toString(other.pid()));
            assertThatThrownBy(() -> Lease.take(file(), "the other", Deadline.in(Duration.ZERO)))
                    .isInstanceOf(DeadlineException.class)
                    .hasMessage("timed out waiting for the other: process " + other.pid());
        }
        Lease.take(file(), "the other", Deadline.in(Duration.ofSeconds(20))).close();
    }

    @Test
    void aFileThatWasRemovedIsTakenAnew() throws Exception {
        var old = taken(file());
        Files.delete(file());

        assertThat(old.isInPlace()).isFalse();
        try (var fresh = taken(file())) {
            old.close();
            assertThat(fresh.isInPlace()).isTrue();
            assertThat(anotherProcessHolds(file())).isFalse();
        }
    }

    /** The file's descriptor would be closed, and who has the next file of its number would never get it. */
    @Test
    void itIsHeldAlsoIfItsHolderForgetsIt() throws Exception {
        var forgotten = new WeakReference<>(taken(file()));
        for (var garbage = new WeakReference<>(new Object()); garbage.get() != null; ) {
            System.gc();
        }

        assertThat(anotherProcessHolds(file())).isFalse();
        assertThat(forgotten.get()).isNotNull();
        forgotten.get().close();
        assertThat(anotherProcessHolds(file())).isTrue();
    }

    @Test
    void aFileOfAnythingIsNobodys() throws Exception {
        Files.write(file(), new byte[] {(byte) 0xff, 0, '\n'});

        assertThat(Lease.holder(file())).isEqualTo("unknown");
        taken(file()).close();
    }

    private static Lease taken(Path file) throws IOException {
        return Lease.tryTake(file).orElseThrow();
    }

    private static boolean anotherProcessHolds(Path file) throws IOException {
        try (var other = LeaseHolder.of(file)) {
            return other.holds();
        }
    }

    private Path file() {
        return directory.resolve("lock");
    }
}
