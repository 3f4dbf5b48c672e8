package org.nixlab.lab;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.Detail;
import org.nixlab.lab.entrance.BackdoorLink;
import org.nixlab.lab.entrance.Forward;
import org.nixlab.lab.state.LabDirectory;
import org.nixlab.lab.state.LabLock;
import org.nixlab.lab.state.LabMemory;
import org.nixlab.lab.system.FlakeReference;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.Host;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.machine.Phase;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.model.Network;
import org.nixlab.model.SampleNetworks;
import org.nixlab.model.Selector;
import org.nixlab.nix.Evaluation;
import org.nixlab.nix.NetworkPart;
import org.nixlab.nix.SampleSources;
import org.nixlab.relay.RelayMain;
import org.nixlab.talk.ExecRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A lab that an earlier nixlab started stays usable: what it wrote down means the same, and its relay is spoken to in its own
 * language. Who changes a format reads the old one, too, and leaves these files as they are.
 */
@Timeout(60)
final class RecordedLabTest {
    @TempDir
    private Path home;

    private final Deadline soon = Deadline.in(Duration.ofSeconds(40));
    private RecordedLab recorded;

    @BeforeEach
    void record() {
        recorded = new RecordedLab(home);
    }

    @AfterEach
    void leaveNothing() {
        recorded.close();
    }

    @Test
    void itIsFoundAsItWasLoaded() {
        var known = LabDirectory.in(home);

        assertThat(known).extracting(LabDirectory::name).containsExactly("network");
        assertThat(known.get(0).runtime()).isEqualTo(recorded.runtime());
        assertThat(known.get(0).settings().load()).contains(request());
        assertThat(new LabLock("network", known.get(0).lock()).holder()).isEqualTo("pid 24155");
    }

    /** Nothing but the file tells. */
    @Test
    void itsSocketsAreFoundAlsoWhileNothingRuns() {
        recorded.machine().kill();
        recorded.machine().awaitEnd(soon);

        assertThat(recorded.directory().runtime()).isEqualTo(recorded.runtime());
    }

    @Test
    void itsMemoryIsNotWrittenAnew() throws IOException {
        var file = recorded.directory().state().resolve("lab.properties");
        var before = Files.readString(file);

        new LabMemory(recorded.directory(), request(), Optional.empty()).keep();

        assertThat(file).hasContent(before);
    }

    @Test
    void allThatWasSaidToNixIsKnown() throws IOException {
        Files.createDirectories(home.resolve("tree/lib"));
        Files.writeString(
                recorded.directory().state().resolve("lab.properties"),
                "#Fri Nov 27 21:34:47 UTC 2026\n"
                        + "argument.count=1\n"
                        + "flake=path\\:.?dir\\=x\\#lab\n"
                        + "guest=NIXOS\n"
                        + "mirror=http\\://mirror/debian\n"
                        + "network=.nixlab/network/flake.nix\n"
                        + "nix=-I\0lib\\=tree/lib\0--option\0substituters\0\n"
                        + "nixpkgs=tree\n"
                        + "tree=tree\n");

        var settings = recorded.directory().settings();
        var found = settings.load().orElseThrow();

        assertThat(found)
                .isEqualTo(new LoadRequest(
                        recorded.directory().flake(),
                        FlakeReference.of("path:.?dir=x#lab", home),
                        Optional.of("network"),
                        GuestSystem.NIXOS,
                        Optional.of("http://mirror/debian"),
                        NixOptions.NONE
                                .withNixpkgs(home.resolve("tree").toString())
                                .withWords(List.of(
                                        "-I", "lib=" + home.resolve("tree/lib"), "--option", "substituters", ""))
                                .withArgument("count", "1"),
                        NetworkPart.ALL,
                        Detail.SCREEN));
        assertThat(settings.tree()).contains(home.resolve("tree").toString());
    }

    @Test
    void itsMachinesAreKnownAndRunAsDeclared() {
        try (var lab = lab()) {
            assertThat(lab.network().names()).containsExactly("m", "old");
            assertThat(lab.network().machine("old").orElseThrow().hardware().vlans())
                    .containsExactly(1, 2);
            assertThat(lab.runs()).isTrue();
            assertThat(lab.isStale()).isFalse();
            assertThat(lab.machine("m").phase()).isEqualTo(Phase.READY);
            assertThat(lab.machine("old").phase()).isEqualTo(Phase.STOPPED);
        }
        try (var lab = lab(new Network("", List.of(SampleNetworks.machine("m", 2))))) {
            assertThat(lab.isStale()).as("declared otherwise").isTrue();
        }
    }

    @Test
    void itsMachinesSwitchesAndLinksAreEnded() throws IOException {
        var vm = recorded.directory().machine("m");
        var link = Files.createSymbolicLink(
                home.resolve("m.socket"), recorded.runtime().resolve("m.socket"));
        assertThat(BackdoorLink.of(vm))
                .contains(new BackdoorLink(vm, link, recorded.directory().backdoor("m")));

        try (var lab = lab()) {
            lab.kill(Selector.ALL, soon);
        }

        assertThat(recorded.machine().isAlive()).isFalse();
        recorded.vlanSwitch().awaitEnd(soon);
        recorded.relay().awaitEnd(soon);
        assertThat(link).doesNotExist();
        assertThat(recorded.runtime()).doesNotExist();
    }

    @Test
    void whatIsWrittenTwiceIsEnough() throws IOException {
        var vm = recorded.directory().machine("m");
        Files.delete(vm.state().resolve("process"));
        try (var lab = lab()) {
            assertThat(lab.runs()).isTrue();
        }
        Files.move(VmDirectory.processIn(vm.runtime()), vm.state().resolve("process"));
        try (var lab = lab()) {
            assertThat(lab.runs()).isTrue();
        }
    }

    /** Its console tells of the runs before, too, the last of which ended as it should. */
    @Test
    void theEndOfItsMachineIsThatOfThePresentRun() {
        recorded.machine().kill();
        recorded.machine().awaitEnd(soon);
        try (var lab = lab()) {
            assertThat(lab.machine("m").phase()).isEqualTo(Phase.FAILED);
            assertThatThrownBy(() -> lab.machine("m").execute(ExecRequest.of("true"), soon))
                    .hasMessageContaining("m: the machine ended without being asked to")
                    .hasMessageContaining("the last words of this run")
                    .hasMessageNotContaining("Power down");
        }
    }

    @Test
    void itsRelayIsAskedAsItExpects() throws Exception {
        var there = "m 127.0.0.1:40001 tcp localhost 80\n";
        var command = "m " + recorded.runtime() + "/m.socket run exec /usr/lib/nixlab/backdoor stdio\n";
        var old = new Forward("m", "localhost", 80, "127.0.0.1", 40001);
        try (var lab = lab()) {
            var forwards = lab.forwards();

            assertThat(asked(List.of("list", "ok\n" + there + command), () -> forwards.list(soon)))
                    .containsExactly(old);
            assertThat(asked(
                            List.of(
                                    "list",
                                    "ok\n" + there + command,
                                    "add m 127.0.0.1:0 tcp localhost 80",
                                    "ok\n" + there),
                            () -> forwards.add(new Forward("m", "localhost", 80, "127.0.0.1", 0), soon)))
                    .isEqualTo(old);
            asked(List.of("remove 127.0.0.1:40001", "ok\n" + there), () -> {
                forwards.remove(old, soon);
                return old;
            });
        }
        assertThat(RelayMain.class.getName())
                .as("by which one is found whose note was lost")
                .isEqualTo("org.nixlab.relay.RelayMain");
    }

    /**
     * Does something with what stands for the relay.
     *
     * @param talk each request that is expected, and the answer to it
     */
    private <T> T asked(List<String> talk, Callable<T> work) throws Exception {
        var socket = recorded.runtime().resolve("relay");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            var served = new FutureTask<>(() -> {
                var requests = new ArrayList<String>();
                for (int i = 1; i < talk.size(); i += 2) {
                    try (var client = server.accept()) {
                        requests.add(
                                new String(Channels.newInputStream(client).readAllBytes(), StandardCharsets.UTF_8));
                        Channels.newOutputStream(client).write(talk.get(i).getBytes(StandardCharsets.UTF_8));
                    }
                }
                return requests;
            });
            var relay = new Thread(served, "relay");
            relay.setDaemon(true);
            relay.start();
            var result = work.call();
            for (int i = 0; i < served.get().size(); i++) {
                assertThat(served.get().get(i)).isEqualTo(talk.get(2 * i));
            }
            return result;
        } finally {
            Files.delete(socket);
        }
    }

    private LoadRequest request() {
        return new LoadRequest(
                home.resolve("network.nix"),
                Optional.empty(),
                Optional.of("network"),
                GuestSystem.DEBIAN,
                Optional.empty(),
                NixOptions.NONE,
                NetworkPart.ALL,
                Detail.SCREEN);
    }

    private Lab lab() {
        return lab(SampleNetworks.of("m"));
    }

    private Lab lab(Network network) {
        var environment = Map.of("NIXLAB_CACHE", home.resolve("cache").toString(), "PATH", System.getenv("PATH"));
        return new LocalLab(
                request(),
                new Workshops(new Host(home, environment)),
                new Evaluation(network, Optional.empty(), SampleSources.of(), List.of()),
                new LabMemory(recorded.directory(), request(), Optional.empty()));
    }
}
