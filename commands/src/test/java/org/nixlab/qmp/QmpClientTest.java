package org.nixlab.qmp;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.process.FrozenListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class QmpClientTest {
    private static final String GREETING =
            "S {\"QMP\": {\"version\": {\"qemu\": {\"micro\": 22, \"minor\": 2, \"major\": 7}, \"package\": \"\"},"
                    + " \"capabilities\": [\"oob\"]}}";
    private static final String CAPABILITIES = "C {\"execute\":\"qmp_capabilities\",\"id\":1}";
    private static final String AGREED = "S {\"return\": {}, \"id\": 1}";
    private static final String QUERY = "C {\"execute\":\"query-status\",\"id\":2}";

    @TempDir
    Path directory;

    private Path socket;
    private final BlockingQueue<QmpEvent> events = new LinkedBlockingQueue<>();

    @BeforeEach
    void chooseSocket() {
        socket = directory.resolve("qmp");
    }

    @Test
    void aRecordedSessionIsSpokenAndUnderstood() throws IOException {
        try (var server = new FakeQmpServer(socket, recorded());
                var client = connect()) {
            assertThat(client.version()).isEqualTo("7.2.22");
            assertThat(client.execute("query-status", Map.of(), soon())
                            .path("status")
                            .asText())
                    .isEqualTo("prelaunch");
            client.execute("cont", Map.of(), soon());
            assertThatThrownBy(() -> client.execute(
                            "device_add",
                            Map.of("driver", "virtserialport", "chardev", "nope", "name", "nixlab.2"),
                            soon()))
                    .isInstanceOfSatisfying(QmpException.class, e -> {
                        assertThat(e.errorClass()).isEqualTo("GenericError");
                        assertThat(e.description()).contains("can't find value 'nope'");
                        assertThat(e.place()).isEqualTo("test1");
                    });
            client.execute("chardev-add", Map.of("id", "nixlab.2", "backend", socketBackend()), soon());
            client.execute(
                    "device_add",
                    Map.of(
                            "driver", "virtserialport",
                            "bus", "vs.0",
                            "chardev", "nixlab.2",
                            "name", "nixlab.2",
                            "id", "p2"),
                    soon());
            assertThat(client.human("info nonsense", soon())).contains("unknown command");
            assertThatThrownBy(() -> client.execute("no-such-command", Map.of(), soon()))
                    .hasMessageContaining("QEMU refused no-such-command");
            client.execute("system_reset", Map.of(), soon());
            client.execute("stop", Map.of(), soon());
            client.execute("quit", Map.of(), soon());
            server.played().join();
        }
        assertThat(events)
                .containsExactly(
                        new QmpEvent.Resume(),
                        new QmpEvent.Reset(false, "host-qmp-system-reset"),
                        new QmpEvent.Stop(),
                        new QmpEvent.Shutdown(false, "host-qmp-quit"));
    }

    @Test
    void eventsBecomeTypes() throws IOException, InterruptedException {
        var session = List.of(
                GREETING,
                CAPABILITIES,
                AGREED,
                "S {\"event\": \"GUEST_PANICKED\", \"data\": {\"action\": \"pause\"}}",
                "S {\"event\": \"DEVICE_DELETED\", \"data\": {\"path\": \"/machine/peripheral/p2/x\"}}",
                "S {\"event\": \"MIGRATION\", \"data\": {\"status\": \"completed\"}}",
                "S {\"event\": \"POWERDOWN\"}",
                "S {\"event\": \"BLOCK_IO_ERROR\", \"data\": {\"nospace\": true, \"action\": \"stop\"}}",
                "S {\"event\": \"RTC_CHANGE\", \"data\": {\"offset\": 5}}");
        try (var server = new FakeQmpServer(socket, session);
                var client = connect()) {
            server.played().join();
            assertThat(client.whenLost().join()).contains("QEMU went away");
        }
        assertThat(events)
                .containsExactly(
                        new QmpEvent.GuestPanicked("pause"),
                        new QmpEvent.DeviceDeleted(""),
                        new QmpEvent.Migration("completed"),
                        new QmpEvent.Powerdown(),
                        new QmpEvent.BlockError(true),
                        new QmpEvent.Other("RTC_CHANGE", Map.of("offset", 5)));
    }

    @Test
    void repliesFindTheirCommandInAnyOrder() throws IOException {
        var session = List.of(
                GREETING,
                CAPABILITIES,
                AGREED,
                "C {\"execute\":\"first\",\"id\":2}",
                "C {\"execute\":\"second\",\"id\":3}",
                "S {\"return\": \"for the second\", \"id\": 3}",
                "S {\"return\": \"of nobody\", \"id\": 77}",
                "S {\"return\": \"for the first\", \"id\": 2}");
        try (var server = new FakeQmpServer(socket, session);
                var client = connect()) {
            var first = CompletableFuture.supplyAsync(() -> client.execute("first", Map.of(), soon()));
            server.awaitLine(4);
            assertThat(client.execute("second", Map.of(), soon()).asText()).isEqualTo("for the second");
            assertThat(first.join().asText()).isEqualTo("for the first");
            server.played().join();
        }
    }

    @Test
    void theLossOfQemuEndsEveryWait() throws IOException {
        try (var server = new FakeQmpServer(socket, List.of(GREETING, CAPABILITIES, AGREED, QUERY));
                var client = connect()) {
            assertThatThrownBy(() -> client.execute("query-status", Map.of(), soon()))
                    .isInstanceOf(LabException.class)
                    .isNotInstanceOf(DeadlineException.class)
                    .hasMessageContaining("QEMU went away during query-status");
            assertThatThrownBy(() -> client.execute("cont", Map.of(), soon()))
                    .hasMessageContaining("QEMU went away during cont");
            server.played().join();
        }
    }

    @Test
    void aDeadlineEndsTheWaitButNotTheConnection() throws IOException {
        var session = List.of(
                GREETING,
                CAPABILITIES,
                AGREED,
                QUERY,
                "C {\"execute\":\"cont\",\"id\":3}",
                "S {\"return\": {}, \"id\": 2}",
                "S {\"return\": {}, \"id\": 3}");
        try (var server = new FakeQmpServer(socket, session);
                var client = connect()) {
            assertThatThrownBy(() -> client.execute("query-status", Map.of(), Deadline.in(Duration.ofMillis(50))))
                    .isInstanceOf(DeadlineException.class)
                    .hasMessageContaining("query-status");
            client.execute("cont", Map.of(), soon());
            server.played().join();
        }
    }

    @Test
    void anInterruptEndsTheWaitButNotTheConnection() throws IOException {
        var session = List.of(
                GREETING,
                CAPABILITIES,
                AGREED,
                QUERY,
                "C {\"execute\":\"cont\",\"id\":3}",
                "S {\"return\": {}, \"id\": 3}");
        try (var server = new FakeQmpServer(socket, session);
                var client = connect()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> client.execute("query-status", Map.of(), soon()))
                    .isInstanceOf(CancelledException.class);
            assertThat(Thread.interrupted()).isTrue();
            client.execute("cont", Map.of(), soon());
            server.played().join();
        }
    }

    @Test
    void whatIsNoQmpIsSaidToBeNone() throws IOException {
        try (var server = new FakeQmpServer(socket, List.of("S HTTP/1.1 400 Bad Request"))) {
            assertThatThrownBy(this::connect).hasMessageContaining("QEMU broke the protocol");
            server.played().join();
        }
    }

    /** Both sides take turns thousands of times, and a busy host lets each wait for its own: only the end counts. */
    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLineWithoutAnEndIsNotReadForEver() throws IOException {
        var session = List.of(
                GREETING, CAPABILITIES, AGREED, "C {\"execute\":\"cont\",\"id\":2}", "S " + "x".repeat(17 << 20));
        try (var server = new FakeQmpServer(socket, session);
                var client = connect()) {
            assertThatThrownBy(() -> client.execute("cont", Map.of(), Deadline.never()))
                    .hasMessageContaining("QEMU broke the protocol (a line of more than");
            // It is cut off in the middle of it.
            assertThatThrownBy(() -> server.played().join()).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void whoWaitsIsToldAlsoWhenTheReaderFails() throws IOException {
        var session = List.of(
                GREETING, CAPABILITIES, AGREED, "C {\"execute\":\"cont\",\"id\":2}", "S {\"event\": \"POWERDOWN\"}");
        try (var server = new FakeQmpServer(socket, session);
                var client = QmpClient.connect(
                        socket,
                        "test1",
                        event -> {
                            throw new AssertionError("failed");
                        },
                        soon())) {
            assertThatThrownBy(() -> client.execute("cont", Map.of(), soon()))
                    .hasMessageContaining("nixlab failed to read the monitor")
                    .isNotInstanceOf(DeadlineException.class);
            server.played().join();
        }
    }

    @Test
    void aMissingSocketIsWaitedForUntilTheDeadline() {
        assertThatThrownBy(() -> QmpClient.connect(socket, "test1", events::add, Deadline.in(Duration.ofMillis(50))))
                .isInstanceOf(DeadlineException.class)
                .hasMessageContaining("the monitor of test1")
                .hasMessageContaining("No such file");
    }

    /** It neither takes the connection nor refuses it. */
    @Test
    void aQemuThatStandsStillIsWaitedForUntilTheDeadline() throws IOException {
        try (var frozen = FrozenListener.at(socket)) {
            assertThat(frozen.waiting()).isPositive();
            assertThatThrownBy(
                            () -> QmpClient.connect(socket, "test1", events::add, Deadline.in(Duration.ofMillis(50))))
                    .isInstanceOf(DeadlineException.class)
                    .hasMessageContaining("QEMU does not answer");
        }
    }

    @Test
    void theLockOfAnotherProcessIsRespected() throws IOException, InterruptedException {
        var lock = directory.resolve("qmp.lock");
        var holder = new ProcessBuilder(
                        "perl",
                        "-e",
                        "open(F, '>', $ARGV[0]) or die; my $lock = pack('s s x4 q q i x4', 1, 0, 0, 0, 0);"
                                + " fcntl(F, 6, $lock) or die;"
                                + " $| = 1; print qq(held\\n); sleep 60",
                        lock.toString())
                .start();
        assertThat(holder.inputReader().readLine()).isEqualTo("held");
        try (var server = new FakeQmpServer(socket, List.of(GREETING, CAPABILITIES, AGREED))) {
            assertThatThrownBy(
                            () -> QmpClient.connect(socket, "test1", events::add, Deadline.in(Duration.ofMillis(100))))
                    .isInstanceOf(DeadlineException.class)
                    .hasMessageContaining("another client uses it");

            holder.destroyForcibly().waitFor();

            connect().close();
            server.played().join();
        }
    }

    @Test
    void noThreadOutlivesTheClient() throws IOException, InterruptedException {
        try (var server = new FakeQmpServer(socket, List.of(GREETING, CAPABILITIES, AGREED, QUERY))) {
            connect().close();
            server.played().handle((done, failure) -> failure).join();
        }
        var left = new ArrayList<Thread>();
        for (var thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("nixlab-test1-qmp")) {
                thread.join();
                left.add(thread);
            }
        }
        assertThat(left).noneMatch(Thread::isAlive);
    }

    private QmpClient connect() {
        return QmpClient.connect(socket, "test1", events::add, soon());
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }

    private static Map<String, Object> socketBackend() {
        var address = Map.of("type", "unix", "data", Map.of("path", "x2"));
        return Map.of("type", "socket", "data", Map.of("addr", address, "server", true, "wait", false));
    }

    private static List<String> recorded() throws IOException {
        try (var stream = QmpClientTest.class.getResourceAsStream("session.qmp")) {
            return new String(stream.readAllBytes()).lines().toList();
        }
    }
}
