package org.nixlab.lab.system;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nixlab.base.CancelledException;
import org.nixlab.base.LabException;
import org.nixlab.model.Machine;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(10)
class EachMachineTest {
    private final List<Machine> machines = SampleNetworks.of("a", "b", "c").machines();

    @Test
    void resultsKeepTheOrderOfTheMachines() {
        assertThat(EachMachine.apply("asked", machines, Machine::name)).containsExactly("a", "b", "c");
    }

    @Test
    void allAreDoneAtTheSameTime() {
        var together = new CountDownLatch(3);

        EachMachine.apply("started", machines, machine -> {
            together.countDown();
            await(together);
            return machine;
        });

        assertThat(together.getCount()).isZero();
    }

    @Test
    void allAreTriedAndAllFailuresNamed() {
        var tried = new AtomicInteger();

        assertThatThrownBy(() -> EachMachine.apply("stopped", machines, machine -> {
                    tried.incrementAndGet();
                    if (!machine.name().equals("b")) {
                        throw LabException.host(machine.name() + ": no", "", "");
                    }
                    return machine;
                }))
                .hasMessage("2 of 3 machines could not be stopped:\n  a: no\n  c: no");
        assertThat(tried).hasValue(3);
    }

    @Test
    void theOnlyFailureIsThrownAsItIs() {
        var failure = LabException.host("b: no", "place", "hint");

        assertThatThrownBy(() -> EachMachine.apply("stopped", machines, machine -> {
                    if (machine.name().equals("b")) {
                        throw failure;
                    }
                    return machine;
                }))
                .isSameAs(failure);
    }

    @Test
    void interruptReachesTheWorkersAndIsKept() {
        var never = new CountDownLatch(1);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> EachMachine.apply("started", machines, machine -> {
                    await(never);
                    return machine;
                }))
                .isInstanceOf(CancelledException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whatIsDoneToALabIsWaitedForThoughItTakesLong() {
        var ended = new AtomicInteger();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> EachMachine.apply("stopped", machines, machine -> {
                    assertThatThrownBy(() -> Thread.sleep(60_000)).isInstanceOf(InterruptedException.class);
                    sleep(2500);
                    return ended.incrementAndGet();
                }))
                .isInstanceOf(CancelledException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ended).hasValue(3);
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("waiting");
        }
    }
}
