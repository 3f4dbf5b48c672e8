package org.nixlab.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nixlab.base.CancelledException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.lab.method.CallListener.Call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ScenarioRunTest {
    private static final Duration SOON = Duration.ofMillis(20);

    private final List<ScenarioEvent> events = new CopyOnWriteArrayList<>();

    @Test
    void aStepThatFailsIsToldAndTheNextOneRuns() {
        var run = run();

        var result = run.run(() -> {
            step(run, "one", () -> {
                throw failure("broken");
            });
            step(run, "two", () -> {});
            return null;
        });

        assertThat(ended()).containsExactly("one failed: broken", "two passed");
        assertThat(result.passed()).isEqualTo(1);
        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.failure()).get().satisfies(failure -> {
            assertThat(failure).hasMessage("step 'one' failed");
            assertThat(((LabException) failure).exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        });
    }

    @Test
    void whatFailsInsideFailsAllAroundItAndIsToldOnce() {
        var run = run();

        run.run(() -> {
            step(run, "outer", () -> {
                step(run, "inner", () -> {
                    throw failure("broken");
                });
                step(run, "other", () -> {});
            });
            return null;
        });

        assertThat(ended()).containsExactly("inner failed: broken", "other passed", "outer failed");
        assertThat(depths()).containsExactly(1, 1, 0);
    }

    @Test
    void aRequiredStepEndsTheScenario() {
        var run = run();
        var reached = new AtomicBoolean();

        var result = run.run(() -> {
            step(
                    run,
                    "outer",
                    () -> run.step("base", true, Optional.empty(), () -> {
                        throw failure("broken");
                    }));
            return reached.getAndSet(true);
        });

        assertThat(ended()).containsExactly("base failed: broken", "outer failed");
        assertThat(result.failure())
                .get()
                .satisfies(failure -> assertThat(failure).hasMessage("2 steps failed: 'base', 'outer'"));
        // The step around it is not required.
        assertThat(reached).isTrue();
    }

    @Test
    void whoCatchesWhatARequiredStepThrowsGoesOn() {
        var run = run();

        var result = run.run(() -> {
            step(
                    run,
                    "outer",
                    () -> assertThatThrownBy(() -> run.step("inner", true, Optional.empty(), () -> {
                        throw failure("broken");
                    })));
            return null;
        });

        assertThat(ended()).containsExactly("inner failed: broken", "outer passed");
        assertThat(result.failure()).isEmpty();
    }

    @Test
    void checksThatFailLetTheirStepGoOn() {
        var run = run();
        var reached = new AtomicBoolean();

        var result = run.run(() -> {
            step(run, "numbers", () -> {
                run.check(() -> {
                    throw new AssertionError("1 is not 2");
                });
                reached.set(true);
            });
            return null;
        });

        assertThat(reached).isTrue();
        assertThat(ended()).containsExactly("numbers failed");
        assertThat(events)
                .filteredOn(ScenarioEvent.CheckFailed.class::isInstance)
                .singleElement()
                .satisfies(event -> assertThat(((ScenarioEvent.CheckFailed) event).failure())
                        .hasMessage("1 is not 2"));
        assertThat(result.failed()).isEqualTo(1);
    }

    @Test
    void whatFailsOutsideOfStepsEndsTheScenario() {
        var run = run();
        var broken = failure("broken");

        var result = run.run(() -> {
            throw broken;
        });

        assertThat(result.failure()).contains(broken);
    }

    @Test
    void aStepEndsAtItsLimit() {
        var run = run();

        var result = run.run(() -> {
            run.step("slow", false, Optional.of(SOON), ScenarioRunTest::forEver);
            step(run, "next", () -> {});
            return null;
        });

        assertThat(ended()).containsExactly("slow failed: step 'slow' did not end within 0.0 s", "next passed");
        assertThat(((LabException) result.failure().orElseThrow()).exitCode()).isEqualTo(ExitCode.TIMEOUT);
    }

    @Test
    void theScenarioEndsAtItsLimitWhateverStepItIsIn() {
        var run = run();
        run.limit(SOON);

        var result = run.run(() -> {
            step(run, "outer", () -> step(run, "slow", ScenarioRunTest::forEver));
            step(run, "never", () -> {});
            return null;
        });

        assertThat(ended()).containsExactly("slow failed", "outer failed");
        assertThat(result.failure())
                .get()
                .satisfies(failure -> assertThat(failure).hasMessage("the scenario did not end within 0.0 s"));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void stepsOfAParallelBlockRunAtTheSameTime() {
        var run = run();
        var both = new CountDownLatch(2);

        var result = run.run(() -> {
            step(
                    run,
                    "outer",
                    () -> run.parallel(() -> {
                        step(run, "a", () -> meet(both));
                        step(run, "b", () -> meet(both));
                    }));
            return null;
        });

        assertThat(result.failure()).isEmpty();
        assertThat(ended()).containsExactlyInAnyOrder("a passed", "b passed", "outer passed");
        assertThat(depths()).containsExactlyInAnyOrder(1, 1, 0);
    }

    @Test
    void valuesOfBranchesComeInOrderAndTheFirstFailureWithTheOthers() {
        var run = run();
        var both = new CountDownLatch(2);

        run.run(() -> {
            assertThat(run.parallel(List.of(() -> meet(both), () -> meet(both))))
                    .containsExactly(true, true);
            assertThatThrownBy(() -> run.parallel(List.of(
                            () -> {
                                throw failure("one");
                            },
                            () -> {
                                throw failure("two");
                            })))
                    .hasMessage("one")
                    .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
            return null;
        });
    }

    @Test
    void anInterruptReachesBranches() {
        var run = run();
        run.limit(SOON);
        var ended = new CountDownLatch(2);
        Callable<Object> branch = () -> {
            try {
                return forEver();
            } finally {
                ended.countDown();
            }
        };

        var result = run.run(() -> run.parallel(List.of(branch, branch)));

        assertThat(ended.getCount()).isZero();
        assertThat(result.failure())
                .get()
                .satisfies(failure -> assertThat(failure).hasMessage("the scenario did not end within 0.0 s"));
    }

    @Test
    void whatNoLongerHoldsEndsTheScenarioAndSaysAfterWhat() {
        var run = run();
        var up = new AtomicBoolean(true);

        var result = run.run(() -> {
            run.always("db stays up", SOON, () -> {
                run.began(new Call("db", "execute", "look")).ended(Optional.empty());
                if (!up.get()) {
                    throw failure("db is down");
                }
                return null;
            });
            run.began(new Call("web", "succeed", "stop db")).ended(Optional.empty());
            up.set(false);
            return forEver();
        });

        assertThat(result.failure())
                .get()
                .satisfies(
                        failure -> assertThat(failure)
                                .isInstanceOf(WatchException.class)
                                .hasMessageMatching(
                                        "'db stays up' no longer holds, .* into the scenario, after web.succeed 'stop db': db is down"));
        assertThat(events)
                .filteredOn(ScenarioEvent.WatchBroke.class::isInstance)
                .hasSize(1);
    }

    @Test
    void theEndLooksOnceMore() {
        var run = run();
        var up = new AtomicBoolean(true);
        var seen = new CountDownLatch(1);

        var result = run.run(() -> {
            run.always("db stays up", Duration.ofDays(1), () -> {
                if (!up.get()) {
                    throw failure("db is down");
                }
                seen.countDown();
                return null;
            });
            meet(seen, 0);
            up.set(false);
            return null;
        });

        assertThat(result.failure())
                .get()
                .satisfies(failure -> assertThat(failure).isInstanceOf(WatchException.class));
    }

    @Test
    void aClosedWatchLooksNoMore() {
        var run = run();

        var result = run.run(() -> {
            var up = new AtomicBoolean(true);
            var watch = run.always("db stays up", Duration.ofDays(1), () -> {
                if (!up.get()) {
                    throw failure("db is down");
                }
                return null;
            });
            watch.close();
            up.set(false);
            return null;
        });

        assertThat(result.failure()).isEmpty();
    }

    @Test
    void cleanupsAreAllDoneTheLastFirstAlsoAfterAnInterrupt() {
        var run = run();
        var done = new CopyOnWriteArrayList<String>();

        run.run(() -> {
            run.cleanup(() -> done.add("first"));
            run.cleanup(() -> {
                throw failure("cannot");
            });
            run.cleanup(() -> done.add("last " + Thread.currentThread().isInterrupted()));
            Thread.currentThread().interrupt();
            throw new CancelledException("the scenario");
        });
        var failures = run.cleanUp();

        assertThat(done).containsExactly("last false", "first");
        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessage("cannot"));
        assertThat(Thread.interrupted()).isTrue();
    }

    private ScenarioRun run() {
        return new ScenarioRun(
                events::add,
                thrown -> thrown instanceof RuntimeException known ? known : failure(thrown.getMessage()),
                false);
    }

    private static void step(ScenarioRun run, String name, Runnable body) {
        run.step(name, false, Optional.empty(), () -> {
            body.run();
            return null;
        });
    }

    private static LabException failure(String message) {
        return new LabException(ExitCode.CHECK_FAILED, message, "", "");
    }

    private static Object forEver() {
        try {
            new CountDownLatch(1).await();
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("waiting");
        }
    }

    private static boolean meet(CountDownLatch all) {
        return meet(all, 1);
    }

    private static boolean meet(CountDownLatch all, int own) {
        try {
            for (int i = 0; i < own; i++) {
                all.countDown();
            }
            all.await();
            return true;
        } catch (InterruptedException e) {
            throw new CancelledException("meeting");
        }
    }

    private List<String> ended() {
        return events.stream()
                .filter(ScenarioEvent.StepEnded.class::isInstance)
                .map(ScenarioEvent.StepEnded.class::cast)
                .map(event -> event.step().name()
                        + (event.passed() ? " passed" : " failed")
                        + event.failure()
                                .map(failure -> ": " + failure.getMessage())
                                .orElse(""))
                .toList();
    }

    private List<Integer> depths() {
        return events.stream()
                .filter(ScenarioEvent.StepEnded.class::isInstance)
                .map(event -> ((ScenarioEvent.StepEnded) event).step().depth())
                .toList();
    }
}
