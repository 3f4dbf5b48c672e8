package org.nixlab.lab.system;

import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nixlab.base.CancelledException;
import org.nixlab.base.OutputClosedException;
import org.nixlab.model.Machine;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EachMachineAttemptTest {
    private final List<Machine> machines = SampleNetworks.of("early", "late").machines();

    @Test
    void whatBeginsAfterTheOutputWasClosedIsInterruptedToo() {
        var early = new CompletableFuture<Thread>();
        var attempts = EachMachine.attempt(secondOnlyAfter(early), machine -> {
            if (machine.name().equals("early")) {
                early.complete(Thread.currentThread());
                throw new OutputClosedException();
            }
            return awaitInterrupt();
        });

        assertThat(attempts.get(machines.get(1)).failure()).isInstanceOf(CancelledException.class);
        assertThatThrownBy(() -> EachMachine.values(attempts)).isInstanceOf(OutputClosedException.class);
    }

    @Test
    void aTaskThatIgnoresAnInterruptIsLeftAlone() {
        var over = new CountDownLatch(1);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> EachMachine.attempt(machines, machine -> awaitAnyway(over)))
                .isInstanceOf(CancelledException.class);
        assertThat(Thread.interrupted()).isTrue();
        over.countDown();
    }

    private static Object awaitAnyway(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // As a host does that hangs in a read.
            }
        }
        return latch;
    }

    /** A list whose second machine is only there once a thread has ended. */
    private List<Machine> secondOnlyAfter(CompletableFuture<Thread> thread) {
        return new AbstractList<>() {
            @Override
            public Machine get(int index) {
                if (index > 0) {
                    await(thread.join());
                }
                return machines.get(index);
            }

            @Override
            public int size() {
                return machines.size();
            }
        };
    }

    private static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Object awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
            throw new AssertionError("nothing else ends it");
        } catch (InterruptedException e) {
            throw new CancelledException("the command");
        }
    }
}
