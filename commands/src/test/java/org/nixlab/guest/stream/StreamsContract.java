package org.nixlab.guest.stream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.guest.GuestShell;
import org.nixlab.guest.channel.CommandEvent;
import org.nixlab.guest.channel.RunningCommand;
import org.nixlab.talk.ExecRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What streams into a machine can be relied on for. */
@Timeout(300)
public abstract class StreamsContract {
    private static final Duration LONG = Duration.ofSeconds(120);
    /** Listens on the port that it prints, and sends back what comes, on any number of connections. */
    private static final String ECHO = """
            exec perl -e 'use Socket; $| = 1; socket(my $s, PF_INET, SOCK_STREAM, 0); bind($s, sockaddr_in(0, INADDR_LOOPBACK));
            listen($s, 99); print +(sockaddr_in(getsockname $s))[0], "\\n";
            while (accept(my $c, $s)) { next if fork; while (sysread($c, my $d, 65536)) { print $c $d; $c->flush } exit }'
            """;

    // One for each task, or those that wait for one another have none left.
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private StreamMultiplexer streams;
    private RunningCommand echo;
    private int port;

    protected abstract GuestShell shell();

    @BeforeEach
    final void open() {
        streams = StreamMultiplexer.open(shell(), "m", Deadline.in(LONG));
        echo = shell().start(ExecRequest.of(ECHO), Deadline.in(LONG));
        var line = (CommandEvent.Output) echo.next(Deadline.in(LONG));
        port = Integer.parseInt(new String(line.data(), StandardCharsets.US_ASCII).strip());
    }

    @AfterEach
    final void close() {
        echo.close();
        streams.close();
        threads.shutdownNow();
    }

    @Test
    void everyByteComesBackOnManyConnectionsAtOnce() {
        var waiting = new ArrayList<CompletableFuture<Boolean>>();
        for (int seed = 0; seed < 20; seed++) {
            var data = new byte[1_000_000];
            new Random(seed).nextBytes(data);
            waiting.add(CompletableFuture.supplyAsync(() -> Arrays.equals(echoed(data), data), threads));
        }

        assertThat(waiting).allMatch(CompletableFuture::join);
    }

    private byte[] echoed(byte[] data) {
        try (var stream = connect()) {
            var writing = CompletableFuture.runAsync(
                    () -> {
                        try (var out = stream.out()) {
                            out.write(data);
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    },
                    threads);
            var came = stream.in().readAllBytes();
            writing.join();
            return came;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aStreamThatNobodyReadsHoldsUpNoOther() throws IOException {
        var full = connect();
        try (var other = connect()) {
            var writing = CompletableFuture.runAsync(
                    () -> {
                        try {
                            full.out().write(new byte[10_000_000]);
                        } catch (IOException e) {
                            // Closed below, while it waits.
                        }
                    },
                    threads);
            other.out().write("hello\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(other.in().readNBytes(6)).asString().isEqualTo("hello\n");
            assertThat(writing).isNotDone();
            full.close();
            writing.join();
        }
    }

    @Test
    void aPortWithoutAListenerIsRefused() {
        assertThatThrownBy(() -> streams.connect("127.0.0.1", 9, Deadline.in(LONG)))
                .isInstanceOf(LabException.class)
                .hasMessage("127.0.0.1:9 could not be reached: Connection refused");
        assertThatThrownBy(() -> streams.connect("no.such.host.invalid", 9, Deadline.in(LONG)))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("no.such.host.invalid");
    }

    @Test
    void aProgramTalksOverItsStreamAndEndsWithIt() throws IOException {
        // A guest may be the host, which shows the programs of other runs, too.
        var unique = "sleep " + ThreadLocalRandom.current().nextInt(100_000_000, 1_000_000_000);
        var stream = streams.start("while read -r x; do echo got $x; done; " + unique, Deadline.in(LONG));
        stream.out().write("one\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(stream.in().readNBytes(8)).asString().isEqualTo("got one\n");
        stream.out().close();
        assertRuns("pgrep -f '^" + unique + "'");

        stream.close();

        assertRuns("! pgrep -f '^" + unique + "'");
    }

    @Test
    void whatAProgramIsToldIsNotSaidWhenItCannotStart() {
        streams.close();

        assertThatThrownBy(() -> streams.start(": secret", Deadline.in(LONG)))
                .isInstanceOf(LabException.class)
                .hasMessageStartingWith("the command could not be started: ");
    }

    @Test
    void whatAProgramIsToldIsNobodyElsesToSee() throws IOException {
        try (var stream = streams.start("tr '\\0' ' ' </proc/$$/cmdline; : secret", Deadline.in(LONG))) {
            assertThat(stream.in().readAllBytes())
                    .asString()
                    .startsWith("bash /dev/fd/")
                    .doesNotContain("secret");
        }
        assertThatThrownBy(() -> streams.start("x".repeat(70_000), Deadline.in(LONG)))
                .hasMessageEndingWith("the command is too long");
    }

    @Test
    void theEndOfTheSlotEndsTheStreams() {
        var stream = connect();

        shell().close("the test ended it");

        assertThatThrownBy(() -> stream.in().read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the test ended it");
        assertThat(streams.hasEnded()).isTrue();
    }

    private void assertRuns(String condition) {
        var looked = shell().run(
                        ExecRequest.of("for i in {1..200}; do " + condition + " && exit; sleep .1; done; exit 1"),
                        Deadline.in(LONG));
        assertThat(List.of(looked.exitCode(), condition)).isEqualTo(List.of(0, condition));
    }

    private GuestStream connect() {
        return streams.connect("localhost", port, Deadline.in(LONG));
    }
}
