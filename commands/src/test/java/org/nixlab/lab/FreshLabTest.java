package org.nixlab.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.lab.state.FreshLab;
import org.nixlab.lab.state.FreshLabs;
import org.nixlab.lab.state.KnownLabs;
import org.nixlab.lab.state.LabDirectory;
import org.nixlab.lab.state.LabMemory;
import org.nixlab.lab.system.Host;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.Progress;
import org.nixlab.model.SampleNetworks;
import org.nixlab.model.Selector;
import org.nixlab.nix.Evaluation;
import org.nixlab.nix.SampleSources;
import org.nixlab.process.Daemon;
import org.nixlab.process.HostCommand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The labs of single runs, from birth to what is left of them, with processes that sleep in the place of machines. */
@Timeout(60)
final class FreshLabTest {
    @TempDir
    private Path home;

    private final Deadline soon = Deadline.in(Duration.ofSeconds(40));
    private final List<String> notes = new ArrayList<>();
    private final List<FreshLabs.Made> made = new ArrayList<>();
    private FreshLabs labs;

    @BeforeEach
    void begin() {
        labs = new FreshLabs(home, LabEnd::now, notes::add);
    }

    @AfterEach
    void leaveNothing() {
        for (var each : made) {
            LabEnd.now(each.lab().directory(), soon);
            each.lock().close();
        }
    }

    @Test
    void runsThatBeginAtTheSameMomentDoNotMeet() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            var tasks = new ArrayList<Callable<FreshLabs.Made>>();
            for (int i = 0; i < 8; i++) {
                tasks.add(() -> labs.make("web", Optional.of("{ }"), soon));
            }
            for (var task : threads.invokeAll(tasks)) {
                made.add(task.get());
            }
        } finally {
            threads.shutdown();
        }

        assertThat(made).extracting(each -> each.lab().directory().name()).doesNotHaveDuplicates();
        assertThat(made).extracting(each -> each.lab().directory().runtime()).doesNotHaveDuplicates();
        assertThat(made).allSatisfy(each -> assertThat(each.lab().file()).hasContent("{ }"));
    }

    @Test
    void discardingLeavesNothingAlsoOfAThreadThatIsInterrupted() {
        var fresh = make("web");
        var place = fresh.lab().directory();
        try (var machine = StandInMachine.start(place, "web");
                var vlan = StandInMachine.switchOf(place, 1);
                var lab = lab(fresh)) {
            Thread.currentThread().interrupt();

            lab.discard(soon);

            assertThat(Thread.interrupted()).as("the interrupt stays").isTrue();
            assertThat(machine.process().isAlive()).isFalse();
            assertThat(vlan.process().isAlive()).isFalse();
            assertThat(place.runtime()).doesNotExist();
            assertThat(home).isEmptyDirectory();
            lab.discard(soon);
            assertThatThrownBy(() -> lab.run(Selector.ALL, new Lab.RunRequest(false, false), Progress.NONE, soon))
                    .isInstanceOf(LabException.class)
                    .hasMessage("the lab web@1 was discarded");
        }
    }

    @Test
    void theLabThatStaysIsNotTouched() throws IOException {
        var own = new LabDirectory(home, "web");
        own.makeState();
        var file = Files.writeString(home.resolve("web.nix"), "{ }");
        try (var machine = StandInMachine.start(own, "web")) {
            make("web");
            var second = make("web");
            try (var lab = lab(second)) {
                lab.discard(soon);
            }

            assertThat(machine.process().isAlive()).isTrue();
            assertThat(own.state().resolve("machines/web/process")).exists();
            assertThat(file).exists();
        } finally {
            own.deleteRuntime();
        }
    }

    @Test
    void whatADeadRunHasLeftGoesWithTheNext() throws IOException {
        var dead = labs.make("web", Optional.of("{ }"), soon);
        var place = dead.lab().directory();
        try (var machine = StandInMachine.start(place, "web");
                var halfNoted = StandInMachine.start(place, "db");
                var unnoted = new Unnoted(place, "mail")) {
            Files.delete(place.machine("db").process());
            dead.lock().close();

            var next = make("other");

            assertThat(machine.process().isAlive()).isFalse();
            assertThat(halfNoted.process().isAlive()).isFalse();
            assertThat(unnoted.process().isAlive()).isFalse();
            unnoted.awaitEndOfWhatItStarted(soon);
            assertThat(place.state()).doesNotExist();
            assertThat(dead.lab().file()).doesNotExist();
            assertThat(next.lab().directory().name()).isEqualTo("other@1");
            assertThat(notes).isEmpty();
        }
    }

    @Test
    void theMachinesOfOneWhoseStateIsGoneAreNoPartOfTheNext() throws IOException {
        var place = make("web").lab().directory();
        try (var machine = StandInMachine.start(place, "web")) {
            made.get(0).lock().close();
            deleteTree(home.resolve(".nixlab"));

            var next = make("web");

            assertThat(next.lab().directory()).isEqualTo(place);
            assertThat(machine.process().isAlive()).isFalse();
        }
    }

    @Test
    void whatARunThatGoesOnHasStays() {
        var place = make("web").lab().directory();
        try (var machine = StandInMachine.start(place, "web")) {
            assertThat(make("web").lab().directory().name()).isEqualTo("web@2");
            labs.clean(soon);

            assertThat(machine.process().isAlive()).isTrue();
            assertThat(place.state()).exists();
        }
    }

    @Test
    void aKeptOneStaysUntilNoneOfItsMachinesRuns() {
        var kept = make("web");
        var place = kept.lab().directory();
        try (var machine = StandInMachine.start(place, "web")) {
            try (var lab = lab(kept)) {
                lab.leaveUp();
            }
            labs.clean(soon);
            assertThat(machine.process().isAlive()).isTrue();
            assertThat(new FreshLab(place).isKept()).isTrue();
        }

        labs.clean(soon);

        assertThat(place.runtime()).doesNotExist();
        assertThat(home).isEmptyDirectory();
    }

    /** As beside a flake in no git repository. */
    @Test
    void whatIsKeptElsewhereGoesFromThere() throws IOException {
        var beside = Files.createDirectories(home.resolve("beside"));
        var elsewhere = Files.createDirectories(home.resolve("elsewhere/labs"));
        Files.createSymbolicLink(beside.resolve(".nixlab"), elsewhere);
        var there = new FreshLabs(beside, LabEnd::now, notes::add);
        var fresh = there.make("web", Optional.empty(), soon);
        made.add(fresh);
        assertThat(elsewhere.resolve("web@1/lock")).exists();

        there.remove(fresh.lab(), soon);

        assertThat(beside).isEmptyDirectory();
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void whatWasOnlyBegunGoes() throws IOException {
        Files.createDirectories(home.resolve(".nixlab/web@1"));

        labs.clean(soon);

        assertThat(home).isEmptyDirectory();
    }

    /** Of a network file that is called so. */
    @Test
    void aLabThatOnlyLooksLikeOneStays() throws IOException {
        var own = new LabDirectory(home, "web@1");
        own.makeState();
        Files.writeString(own.state().resolve("lab.properties"), "network=web@1.nix\n");

        assertThat(make("web").lab().directory().name()).isEqualTo("web@2");
        assertThat(LabDirectory.in(home)).containsExactly(own);
    }

    @Test
    void onlyItsNameFindsOne() {
        assertThatThrownBy(() -> new KnownLabs(home).find(Optional.of("web@1")))
                .hasMessage("there is no lab in this directory");
        var fresh = make("web");
        try (var lab = lab(fresh)) {
            lab.leaveUp();

            assertThat(new KnownLabs(home).find(Optional.of("web@1")))
                    .isEqualTo(fresh.lab().directory());
            assertThatThrownBy(() -> new KnownLabs(home).find(Optional.empty()))
                    .hasMessage("all labs in this directory are of single runs")
                    .extracting("hint")
                    .isEqualTo("say which with --lab: web@1");
            assertThatThrownBy(() -> new KnownLabs(home).find(Optional.of("web")))
                    .hasMessage("there is no lab web here")
                    .extracting("hint")
                    .isEqualTo("the labs are: web@1");
        }
    }

    @Test
    void aLabThatStaysIsNotDiscarded() {
        var own = new LabDirectory(home, "web");
        try (var lab = new LocalLab(request(), workshops(), evaluation(), new LabMemory(own, request(), none()))) {
            assertThatThrownBy(() -> lab.discard(soon)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(lab::leaveUp).isInstanceOf(IllegalStateException.class);
        }
    }

    private FreshLabs.Made make(String name) {
        made.add(labs.make(name, Optional.empty(), soon));
        return made.get(made.size() - 1);
    }

    private Lab lab(FreshLabs.Made fresh) {
        return LocalLab.of(
                fresh,
                request(),
                workshops(),
                evaluation(),
                new LabMemory(fresh.lab().directory(), request(), none()));
    }

    private LoadRequest request() {
        return LoadRequest.of("web.nix", home);
    }

    private static Optional<String> none() {
        return Optional.empty();
    }

    private Workshops workshops() {
        return new Workshops(new Host(home, Map.of("NIXLAB_CACHE", "/nowhere", "PATH", System.getenv("PATH"))));
    }

    private static Evaluation evaluation() {
        return new Evaluation(SampleNetworks.of("web"), Optional.empty(), SampleSources.of(), List.of());
    }

    private static void deleteTree(Path root) throws IOException {
        try (var paths = Files.walk(root)) {
            for (var path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }

    /** What a machine's start leaves that is killed before it could note anything: a script with a program it started. */
    private record Unnoted(Daemon process) implements AutoCloseable {
        Unnoted(LabDirectory lab, String name) {
            this(start(lab, name));
        }

        private static Daemon start(LabDirectory lab, String name) {
            var monitor = "unix:" + lab.runtime().resolve(name).resolve("qmp") + ",server=on,wait=off";
            var log = lab.state().resolve("log");
            var script = "sleep 600 & echo $! >" + lab.state().resolve("child") + "; wait";
            return Daemon.start(HostCommand.of("sh", "-c", script, "run-vm", "-qmp", monitor), log, log);
        }

        void awaitEndOfWhatItStarted(Deadline deadline) {
            var ended = new Condition(
                    "the end of its session", () -> new Condition.Observation(!isInUse(process.pid()), ""), "");
            Await.host().until(ended, deadline);
        }

        /** A zombie is not there. */
        private static boolean isInUse(long session) {
            return ProcessHandle.allProcesses().map(ProcessHandle::pid).anyMatch(pid -> {
                try {
                    var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
                    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                    return !fields[0].equals("Z") && Long.parseLong(fields[3]) == session;
                } catch (IOException e) {
                    return false;
                }
            });
        }

        @Override
        public void close() {
            process.kill();
        }
    }
}
