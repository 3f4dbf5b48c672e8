package org.nixlab.guest;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.guest.channel.PosixChecksum;
import org.nixlab.guest.slots.FakeSlot;
import org.nixlab.guest.stream.StreamMultiplexer;
import org.nixlab.talk.ExecRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whatever a machine sends before it hangs up: who waits is told, and no thread dies. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DamagedInputTest {
    private static final int CASES = 300;
    private static final Pattern PROBE = Pattern.compile("echo 'nixlab-'([0-9a-f]{32})");
    private static final Pattern COMMAND = Pattern.compile("echo nixlab-([0-9a-f]{32})-end");

    @TempDir
    Path directory;

    private final Queue<Throwable> died = new ConcurrentLinkedQueue<>();
    private Thread.UncaughtExceptionHandler before;

    /** Does something with a machine. */
    private interface Use {
        void of(FakeSlot machine) throws IOException;
    }

    @BeforeEach
    void watchThreads() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> died.add(failure));
    }

    @AfterEach
    void noThreadDied() {
        Thread.setDefaultUncaughtExceptionHandler(before);
        assertThat(died).isEmpty();
    }

    @Test
    void frames() {
        var whole = join(
                frame('O', "out".getBytes(StandardCharsets.US_ASCII)),
                frame('G', number(1000)),
                frame('F', "err".getBytes(StandardCharsets.US_ASCII)),
                frame('X', new byte[5]));

        for (long seed = 0; seed < CASES; seed++) {
            var damage = new Damage(seed);
            endsInTime(seed, false, slot(damage.of(whole)), DamagedInputTest::run);
        }
    }

    @Test
    void classicBackdoor() {
        for (long seed = 0; seed < CASES; seed++) {
            var damage = new Damage(seed);
            endsInTime(seed, true, (in, out) -> console(in, out, damage), DamagedInputTest::run);
        }
    }

    @Test
    void streams() {
        var whole = join(
                streamFrame('K', new byte[0]),
                streamFrame('D', "data".getBytes(StandardCharsets.US_ASCII)),
                streamFrame('A', number(2)),
                streamFrame('E', new byte[0]));

        for (long seed = 0; seed < CASES; seed++) {
            var damage = new Damage(seed);
            endsInTime(seed, false, streamsSlot(damage.of(whole)), DamagedInputTest::readStream);
        }
    }

    @Test
    void aDanglingDigitOfTheBackdoorIsLostOutput() throws IOException {
        with(true, (in, out) -> console(in, out, text -> text.replace("bGluZSAx", "bGluZSAxA")), machine -> {
            assertThatThrownBy(() -> run(machine))
                    .isInstanceOf(LabException.class)
                    .hasMessage("output was lost on the console of the machine during `true`");
        });
    }

    @Test
    void framesThatBreakTheProtocolAreSaidTo() throws IOException {
        for (var broken : new byte[][] {
            frame('X', new byte[2]),
            frame('G', new byte[1]),
            frame('G', number(-1)),
            frame('Q', new byte[3]),
            join(new byte[] {'O'}, number(-1)),
            join(new byte[] {'F'}, number(Integer.MAX_VALUE))
        }) {
            with(false, slot(broken), machine -> {
                assertThatThrownBy(() -> run(machine))
                        .isInstanceOf(LabException.class)
                        .hasMessageStartingWith("the machine broke the protocol of its channel (")
                        .hasMessageEndingWith("during `true`");
            });
        }
    }

    @Test
    void streamsThatBreakTheProtocolAreSaidTo() throws IOException {
        var moreThanTheWindow = new ByteArrayOutputStream();
        for (int i = 0; i < 9; i++) {
            moreThanTheWindow.writeBytes(streamFrame('D', new byte[32768]));
        }
        for (var broken : new byte[][] {
            join(new byte[] {'D'}, number(1), number(-1)),
            join(new byte[] {'D'}, number(1), number(Integer.MAX_VALUE)),
            streamFrame('A', new byte[1]),
            streamFrame('A', number(-1)),
            streamFrame('A', number(1)),
            streamFrame('?', new byte[1]),
            moreThanTheWindow.toByteArray()
        }) {
            with(false, streamsSlot(join(streamFrame('K', new byte[0]), broken)), machine -> {
                assertThatThrownBy(() -> readStream(machine))
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("the machine broke the protocol of its streams (");
            });
        }
    }

    private void endsInTime(long seed, boolean classic, FakeSlot.Conversation conversation, Use use) {
        try {
            with(classic, conversation, use);
        } catch (DeadlineException e) {
            throw new AssertionError("it hung with the seed " + seed + ": " + e.getMessage(), e);
        } catch (LabException | IOException e) {
            // Who waits is told.
        } catch (RuntimeException | Error e) {
            throw new AssertionError("with the seed " + seed + ": " + e, e);
        }
        assertThat(died).as("threads that died with the seed " + seed).isEmpty();
    }

    private void with(boolean classic, FakeSlot.Conversation conversation, Use use) throws IOException {
        var socket = directory.resolve("socket");
        try (var machine = new FakeSlot(socket, classic, conversation)) {
            use.of(machine);
        } finally {
            Files.delete(socket);
        }
    }

    private static void run(FakeSlot machine) {
        try (var shell = new GuestShell(machine)) {
            shell.run(ExecRequest.of("true"), soon());
        }
    }

    private static void readStream(FakeSlot machine) throws IOException {
        try (var shell = new GuestShell(machine);
                var streams = StreamMultiplexer.open(shell, "fake", soon());
                var stream = streams.connect("localhost", 80, soon())) {
            // What is read would make room for more.
            Await.host()
                    .until(
                            new Condition("the end", () -> new Condition.Observation(streams.hasEnded(), ""), ""),
                            soon());
            stream.in().transferTo(OutputStream.nullOutputStream());
        }
    }

    private static FakeSlot.Conversation slot(byte[] messages) {
        return (in, out) -> {
            FakeSlot.greet(in, out);
            out.write(messages);
        };
    }

    private static FakeSlot.Conversation streamsSlot(byte[] messages) {
        return (in, out) -> {
            FakeSlot.greet(in, out);
            out.write(frame('G', number(65536)));
            FakeSlot.message(in);
            out.write(frame('O', messages));
        };
    }

    private static void console(DataInputStream in, OutputStream out, Damage damage) throws IOException {
        console(
                in,
                out,
                text -> new String(damage.of(text.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1));
    }

    private static void console(DataInputStream in, OutputStream out, UnaryOperator<String> damage) throws IOException {
        out.write(("nixlab-" + awaitNonce(in, PROBE) + "\n").getBytes(StandardCharsets.US_ASCII));
        var nonce = awaitNonce(in, COMMAND);
        var sum = new PosixChecksum();
        sum.update("line 1".getBytes(StandardCharsets.US_ASCII), 6);
        sum.update("line 2".getBytes(StandardCharsets.US_ASCII), 6);
        var text = "\nnixlab-%1$s-out\nbGluZSAx\nnixlab-%1$s-err\nbGluZSAy\nnixlab-%1$s-end 0 %2$s\n"
                .formatted(nonce, sum.line());
        out.write(damage.apply(text).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String awaitNonce(DataInputStream in, Pattern pattern) throws IOException {
        var text = new StringBuilder();
        while (true) {
            text.append((char) in.readByte());
            if (text.charAt(text.length() - 1) == '\n') {
                var matcher = pattern.matcher(text);
                if (matcher.find()) {
                    return matcher.group(1);
                }
            }
        }
    }

    private static byte[] frame(char type, byte[] payload) {
        return join(new byte[] {(byte) type}, number(payload.length), payload);
    }

    private static byte[] streamFrame(char type, byte[] payload) {
        return join(new byte[] {(byte) type}, number(1), number(payload.length), payload);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static byte[] join(byte[]... parts) {
        var whole = new ByteArrayOutputStream();
        for (var part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    /** Reached only by what hangs, also where the host stands still for a while. */
    private static Deadline soon() {
        return Deadline.in(Duration.ofMinutes(1));
    }
}
