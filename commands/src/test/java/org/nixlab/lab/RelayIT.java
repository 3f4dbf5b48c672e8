package org.nixlab.lab;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.LabException;
import org.nixlab.lab.entrance.Forward;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.Vm;
import org.nixlab.machine.VmContract;
import org.nixlab.model.Selector;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;
import org.nixlab.process.ProcessResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Programs of the host that know nothing of nixlab get into machines. */
@Timeout(1200)
class RelayIT {
    private static final String PAGE = "x".repeat(100_000);

    @TempDir
    static Path directory;

    private static TestLab lab;

    @BeforeAll
    static void boot() {
        lab = new TestLab(directory, """
                {
                  m = { pkgs, ... }: {
                    deployment.hostname = "m.example.net";
                    users.users.alice.isNormalUser = true;
                    services.httpd.enable = true;
                    services.httpd.virtualHosts.localhost.documentRoot = pkgs.writeTextDir "page" "%s";
                  };
                  other = { };
                }
                """.formatted(PAGE));
        lab.run();
    }

    @AfterAll
    static void pullThePlug() {
        lab.close();
    }

    @Test
    void aForwardedPortServesManyAtOnceWithoutNixlab() throws Exception {
        var forward = forward("m", 80, 0);
        assertThat(forward.hostPort()).isPositive();
        assertThat(lab.lab().forwards().list(TestLab.minutes(1))).contains(forward);

        lab.letGo();

        assertThat(lab.lab().forwards().list(TestLab.minutes(1))).contains(forward);
        var client = HttpClient.newHttpClient();
        var page = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + forward.hostPort() + "/page"))
                .build();
        var pages = IntStream.range(0, 40)
                .mapToObj(i -> client.sendAsync(page, BodyHandlers.ofString()))
                .toList();
        assertThat(pages).allMatch(answer -> answer.join().body().equals(PAGE));

        lab.lab().forwards().remove(forward, TestLab.minutes(1));

        assertThat(lab.lab().forwards().list(TestLab.minutes(1))).doesNotContain(forward);
        assertThatThrownBy(() -> new Socket("127.0.0.1", forward.hostPort())).isInstanceOf(ConnectException.class);
    }

    @Test
    void aPortThatIsTakenIsRefused() throws IOException {
        var forward = forward("other", 80, 0);

        assertThatThrownBy(() -> forward("m", 80, forward.hostPort()))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("in use");
        assertThatThrownBy(() -> lab.lab()
                        .forwards()
                        .add(new Forward("m", "localhost", 80, "no.such.host.invalid", 0), TestLab.minutes(1)))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("this host has no address no.such.host.invalid");
        // Nothing listens in that machine: the client is sent away at once.
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", forward.hostPort()));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aForwardOutlastsARestartOfItsMachine() throws Exception {
        var forward = forward("other", 22, 0);

        lab.lab().restart(new Selector("other"), new Lab.RunRequest(false, false), Progress.NONE, TestLab.minutes(3));

        assertThat(lab.lab().forwards().list(TestLab.minutes(1))).contains(forward);
        var listening = CompletableFuture.supplyAsync(() -> lab.succeed("other", "nc -N -l 22 </dev/null"));
        Await.guest()
                .until(
                        new Condition(
                                "an answer",
                                () -> {
                                    try (var socket = new Socket("127.0.0.1", forward.hostPort())) {
                                        socket.shutdownOutput();
                                        socket.getInputStream().readAllBytes();
                                    } catch (IOException e) {
                                        throw new AssertionError(e);
                                    }
                                    return new Observation(listening.isDone(), "refused");
                                },
                                ""),
                        TestLab.minutes(1));
        listening.join();
    }

    @Test
    void theSocketGivesEachClientARootShell() throws IOException {
        lab.lab().run(Selector.ALL, new Lab.RunRequest(true, false), Progress.NONE, TestLab.minutes(3));
        var link = directory.resolve("m.socket");
        try (var first = SocketChannel.open(StandardProtocolFamily.UNIX);
                var second = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            var target = UnixDomainSocketAddress.of(Files.readSymbolicLink(link));
            first.connect(target);
            second.connect(target);
            write(first, "x=first; id -un; tty <&2 >&2\n");
            write(second, "x=second; pwd\n");
            write(first, "echo $x; exit\n");
            write(second, "echo $x; exit\n");

            assertThat(read(first)).isEqualTo("Spawning backdoor root shell...\nroot\nfirst\n");
            assertThat(read(second)).isEqualTo("Spawning backdoor root shell...\n/tmp\nsecond\n");
        }
    }

    @Test
    void sshLogsInByEveryName() throws IOException {
        var config = new StringBuilder();
        lab.lab()
                .ssh(Selector.ALL, TestLab.minutes(1))
                .forEach(host -> config.append("""
                        Host %s
                          HostName 127.0.0.1
                          Port %d
                          User root
                          IdentityFile "%s"
                          HostKeyAlias %s
                          UserKnownHostsFile "%s"
                        """.formatted(
                                String.join(" ", host.names()),
                                host.port(),
                                host.identity(),
                                host.names().get(0),
                                host.knownHosts())));
        Files.writeString(directory.resolve("ssh.conf"), config);

        assertThat(ssh("ssh", "m.example.net", "id -un; hostname").out()).isEqualTo("root\nm\n");
        assertThat(ssh("ssh", "other", "hostname").out()).isEqualTo("other\n");
        assertThat(ssh("ssh", "alice@m", "id -un; pwd").out()).isEqualTo("alice\n/home/alice\n");
        assertThat(ssh("ssh", "m", "exit 7").exitCode()).isEqualTo(7);
        Files.writeString(directory.resolve("a file"), PAGE);
        assertThat(ssh("scp", "-q", directory.resolve("a file").toString(), "m:/tmp/")
                        .succeeded())
                .isTrue();
        assertThat(lab.succeed("m", "cat '/tmp/a file'")).isEqualTo(PAGE);
        // The machine's own server was not needed.
        assertThat(lab.execute("m", "pgrep -f 'sshd -D'").succeeded()).isFalse();
        // The same way in stays.
        assertThat(lab.lab().ssh(Selector.ALL, TestLab.minutes(1)))
                .isEqualTo(lab.lab().ssh(Selector.ALL, TestLab.minutes(1)));
    }

    /** It has no lab of its own for the contracts, since each takes a boot. */
    @Nested
    class ALabOfGuests extends LabContract {
        @Override
        protected Lab lab() {
            return lab.lab();
        }

        @Override
        protected String spare() {
            return "other";
        }
    }

    @Nested
    class AMachineUnderQemu extends VmContract {
        @Override
        protected Vm vm() {
            return lab.lab().machine("m");
        }
    }

    private static ProcessResult ssh(String program, String... words) {
        return HostProcess.run(
                HostCommand.of(program, "-F", directory.resolve("ssh.conf").toString(), "-o", "BatchMode=yes")
                        .with(words),
                TestLab.minutes(1));
    }

    private static Forward forward(String machine, int port, int hostPort) {
        return lab.lab()
                .forwards()
                .add(new Forward(machine, "localhost", port, "127.0.0.1", hostPort), TestLab.minutes(1));
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String read(SocketChannel channel) throws IOException {
        return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII);
    }
}
