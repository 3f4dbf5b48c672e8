package org.nixlab.base;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThreadsTest {
    private final List<String> reported = new CopyOnWriteArrayList<>();

    @AfterEach
    void leaveItToTheVirtualMachine() {
        Thread.setDefaultUncaughtExceptionHandler(null);
    }

    @Test
    void threadsAreDaemonsThatSayWhoseTheyAre() {
        var thread = Threads.unstarted("web-work", () -> {});

        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).isEqualTo("nixlab-web-work");
        assertThat(thread.getState()).isEqualTo(Thread.State.NEW);
    }

    @Test
    void whatEndsOneIsReported() throws InterruptedException {
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> reported.add(thread.getName() + ": " + failure.getMessage()));

        Threads.start("web-work", () -> {
                    throw new IllegalStateException("torn");
                })
                .join();

        assertThat(reported).containsExactly("nixlab-web-work: torn");
    }

    @Test
    void whoInterruptsOneKnows() throws InterruptedException {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> reported.add(failure.getMessage()));

        Threads.start("web-work", () -> {
                    throw new CancelledException("the work");
                })
                .join();

        assertThat(reported).isEmpty();
    }
}
