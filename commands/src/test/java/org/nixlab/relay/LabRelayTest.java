package org.nixlab.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.process.Daemon;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The relay as a process, with clients that do what they should not. Its machine is a process that answers nobody. */
@Timeout(180)
class LabRelayTest {
    private static final String KEY = "c2VjcmV0IGtleQ";

    @TempDir
    Path directory;

    private final List<SocketChannel> clients = new ArrayList<>();
    private Daemon machine;
    private LabRelay relay;

    @BeforeEach
    void startMachine() throws IOException {
        var itsState = Files.createDirectories(state().resolve("machines/m"));
        Files.createDirectories(runtime());
        machine = Daemon.start(HostCommand.of("sleep", "600"), itsState.resolve("log"), itsState.resolve("log"));
        machine.save(itsState.resolve("process"));
        relay = new LabRelay(state(), runtime());
    }

    @AfterEach
    void stopAll() throws IOException {
        for (var client : clients) {
            client.close();
        }
        relay.stop();
        machine.kill();
    }

    @Test
    void clientsThatSayNothingOrHalfHoldUpNobody() throws IOException {
        var entrance = relay.add(port(80), soon());
        connect();
        write(connect(), "list");

        assertThat(relay.list(soon())).containsExactly(entrance);
        relay.remove(entrance, soon());
        assertThat(relay.list(soon())).isEmpty();
    }

    @Test
    void aStoppedRelayHoldsUpNobody() throws Exception {
        relay.add(port(80), soon());
        send("STOP");

        assertThatThrownBy(() -> relay.list(Deadline.in(Duration.ofMillis(100))))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("the lab's relay does not answer");
        var asking = CompletableFuture.supplyAsync(() -> {
            Thread.currentThread().interrupt();
            return relay.list(soon());
        });
        assertThatThrownBy(asking::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(CancelledException.class);

        // The next finds no place to wait in.
        assertThatThrownBy(() -> {
                    while (true) {
                        connect();
                    }
                })
                .isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> relay.list(Deadline.in(Duration.ofMillis(100))))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("the lab's relay does not answer");

        relay.stop();
        assertThat(relay.isRunning()).isFalse();
        assertThat(relay.list(soon())).isEmpty();
    }

    @Test
    void anEntranceIsOpenAgainWhenThereAreFilesAgain() throws IOException {
        var entrance = relay.add(port(80), soon());
        // Nobody answers in the machine: all are sent away, but not kept waiting.
        assertThatClientsAreSentAway(entrance);
        var kept = new ArrayList<Socket>();
        await("the complaint", () -> {
            // What was open for a moment only leaves room for one more.
            limitFiles(openFiles());
            kept.add(client(entrance));
            return log().contains("a client could not be let in: Too many open files");
        });
        limitFiles(4096);

        for (var client : kept) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            client.close();
        }
        assertThatClientsAreSentAway(entrance);
        assertThat(relay.list(soon())).containsExactly(entrance);
    }

    private static void assertThatClientsAreSentAway(Entrance entrance) throws IOException {
        try (var client = client(entrance)) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static Socket client(Entrance entrance) {
        try {
            return new Socket("127.0.0.1", entrance.hostPort().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void keysAreNotLogged() throws IOException {
        var socket = runtime().resolve("m.socket");
        relay.add(Entrance.toCommand("m", socket.toString(), "echo " + KEY), soon());

        try (var client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
        await("the complaint", () -> log().contains("m " + socket + " run: "));
        assertThat(log()).doesNotContain(KEY);
        assertThat(mode(logFile())).isEqualTo("rw-------");
        assertThat(mode(socket)).isEqualTo("rw-------");
    }

    @Test
    void whatARefusedRequestHeldIsNotSaid() {
        var relay = new Relay(name -> null, line -> {});

        assertThat(relay.answer("add m 127.0.0.1:0 walk " + KEY)).isEqualTo("error not understood: add");
        assertThat(relay.answer("ad m 127.0.0.1:0 run " + KEY)).isEqualTo("error unknown request: ad");
    }

    @Test
    void aSocketIsOfTheEntranceThatCameLast() throws IOException {
        var socket = runtime().resolve("m.socket").toString();
        relay.add(Entrance.toCommand("m", socket, "echo old"), soon());
        var fresh = relay.add(Entrance.toCommand("m", socket, "echo new"), soon());

        assertThat(relay.list(soon())).containsExactly(fresh);
        assertThat(Path.of(socket)).exists();
        relay.remove(fresh, soon());
        assertThat(Path.of(socket)).doesNotExist();
        assertThatThrownBy(() -> relay.remove(fresh, soon()))
                .isInstanceOf(LabException.class)
                .hasMessage("the lab's relay refused: nothing listens on " + socket);
    }

    @Test
    void aRelayWhoseNoteWasRemovedIsTheOneThatIsThere() throws IOException {
        var entrance = relay.add(port(80), soon());
        var process = process();
        Files.delete(runtime().resolve("relay.state"));

        assertThat(relay.list(soon())).containsExactly(entrance);
        relay.stop();
        process.awaitEnd(soon());
        assertThat(relay.isRunning()).isFalse();
    }

    @Test
    void staysWhileMachinesRunWhoseStateIsElsewhere() throws Exception {
        Files.createDirectories(runtime().resolve("m"));
        machine.save(runtime().resolve("m/process"));
        Files.move(state(), directory.resolve("moved"));

        var serving = new RelayMain(state(), runtime());
        assertThat(serving.anyRuns()).isTrue();
        machine.kill();
        machine.awaitEnd(soon());
        assertThat(serving.anyRuns()).isFalse();
    }

    private static Entrance port(int port) {
        return Entrance.toPort("m", "127.0.0.1:0", "localhost", port);
    }

    private Path state() {
        return directory.resolve("state");
    }

    private Path runtime() {
        return directory.resolve("run");
    }

    private Path logFile() {
        return state().resolve("relay.log");
    }

    private String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private SocketChannel connect() throws IOException {
        var client = SocketChannel.open(StandardProtocolFamily.UNIX);
        clients.add(client);
        client.configureBlocking(false);
        client.connect(UnixDomainSocketAddress.of(runtime().resolve("relay")));
        return client;
    }

    private static void write(SocketChannel client, String text) throws IOException {
        client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private Daemon process() {
        return Daemon.load(runtime().resolve("relay.state")).orElseThrow();
    }

    private void send(String signal) {
        host("kill", "-" + signal, Long.toString(process().pid()));
    }

    private int openFiles() {
        try (var files = Files.list(Path.of("/proc", Long.toString(process().pid()), "fd"))) {
            return (int) files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void limitFiles(int most) {
        host("prlimit", "--pid", Long.toString(process().pid()), "--nofile=" + most + ":");
    }

    private static void host(String... words) {
        var done = HostProcess.run(HostCommand.of(List.of(words)), soon());
        assertThat(done.succeeded()).as(done.err()).isTrue();
    }

    private static void await(String what, BooleanSupplier there) {
        Await.host().until(new Condition(what, () -> new Observation(there.getAsBoolean(), ""), ""), soon());
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(60));
    }
}
