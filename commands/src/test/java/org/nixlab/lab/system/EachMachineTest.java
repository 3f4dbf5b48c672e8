package org.nixlab.lab.system;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nixlab.base.Await;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.model.Machine;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(10)
class EachMachineTest {
    private static final Set<Thread.State> RESTING = Set.of(Thread.State.WAITING, Thread.State.TERMINATED);

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
    void whatIsDoneToALabIsWaitedForThoughItTakesLong() throws Exception {
        var begun = new CountDownLatch(3);
        var cancelled = new CountDownLatch(3);
        var goOn = new CountDownLatch(1);
        var ended = new AtomicInteger();
        var doing = new FutureTask<>(() -> {
            assertThatThrownBy(() -> EachMachine.apply("stopped", machines, machine -> {
                        begun.countDown();
                        assertThatThrownBy(new CountDownLatch(1)::await).isInstanceOf(InterruptedException.class);
                        cancelled.countDown();
                        await(goOn);
                        return ended.incrementAndGet();
                    }))
                    .isInstanceOf(CancelledException.class);
            assertThat(Thread.interrupted()).isTrue();
            return ended.get();
        });
        var thread = new Thread(doing);
        thread.start();
        begun.await();
        thread.interrupt();
        cancelled.await();

        thread.interrupt();
        Await.host()
                .until(
                        new Condition(
                                "it to have taken that and to wait again, or to end",
                                () -> new Observation(
                                        !thread.isInterrupted() && RESTING.contains(thread.getState()),
                                        thread.getState().name()),
                                ""),
                        Deadline.in(Duration.ofSeconds(10)));
        goOn.countDown();

        assertThat(doing.get()).isEqualTo(3);
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
