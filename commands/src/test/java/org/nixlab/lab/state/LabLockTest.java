package org.nixlab.lab.state;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.LabException;
import org.nixlab.process.LeaseHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class LabLockTest {
    @TempDir
    Path temporary;

    @Test
    void oneShellAtATimeMayChangeTheLab() {
        try (var mine = lock();
                var other = lock()) {
            mine.take();
            mine.take();

            assertThat(other.isOwnOrFree()).isFalse();
            assertThatThrownBy(other::take)
                    .isInstanceOf(LabException.class)
                    .hasMessage("the lab seed belongs to another shell (pid "
                            + ProcessHandle.current().pid() + ")");
        }
    }

    @Test
    void whoeverLooksTakesTheLabFromNobody() throws Exception {
        try (var mine = lock();
                var other = lock()) {
            mine.take();
            assertThat(other.isOwnOrFree()).isFalse();
            assertThat(other.holder())
                    .isEqualTo("pid " + ProcessHandle.current().pid());

            try (var process = LeaseHolder.of(temporary.resolve("lock"))) {
                assertThat(process.holds()).isFalse();
            }
        }
    }

    @Test
    void aLockThatWasRemovedWithTheStateIsTakenAnew() throws Exception {
        try (var mine = lock()) {
            mine.take();
            Files.delete(temporary.resolve("lock"));

            mine.take();

            try (var process = LeaseHolder.of(temporary.resolve("lock"))) {
                assertThat(process.holds()).isFalse();
            }
        }
    }

    @Test
    void aLookOfAnotherShellIsNotInTheWay() {
        var mine = lock();
        mine.take();
        try (var other = lock()) {
            var asking = Thread.currentThread();
            var look = new Thread(
                    () -> {
                        while (asking.getState() != Thread.State.TIMED_WAITING) {
                            Thread.onSpinWait();
                        }
                        mine.close();
                    },
                    "look");
            look.setDaemon(true);
            look.start();

            other.take();

            assertThat(other.isOwnOrFree()).isTrue();
        }
    }

    @Test
    void closingLetsTheNextOneIn() {
        var mine = lock();
        mine.take();
        mine.close();

        try (var other = lock()) {
            assertThat(other.isOwnOrFree()).isTrue();
            other.take();
        }
    }

    private LabLock lock() {
        return new LabLock("seed", temporary.resolve("lock"));
    }
}
