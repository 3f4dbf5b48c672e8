package org.nixlab.command.verb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.CancelledException;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.Detail;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.base.TimeText;
import org.nixlab.command.Context;
import org.nixlab.command.FakeFrontend;
import org.nixlab.command.FakeLabs;
import org.nixlab.command.FakeVm;
import org.nixlab.command.Outcome;
import org.nixlab.command.Session;
import org.nixlab.command.display.TestDisplay;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.model.SampleNetworks;
import org.nixlab.nix.NetworkPart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VerbsTest {
    @TempDir
    Path directory;

    private final FakeLabs labs = new FakeLabs(SampleNetworks.of("db", "web-1", "web2"));
    private final TestDisplay display = new TestDisplay();
    private final FakeFrontend frontend = new FakeFrontend();
    private Context context;

    @BeforeEach
    void loadTheNetwork() throws IOException {
        Files.writeString(directory.resolve("seed.nix"), "{ }");
        Files.writeString(directory.resolve("page.html"), "page");
        context = new Context(new Session(labs, directory, Session.Choice.DEFAULT), frontend, display.plain());
        run(Verb.LOAD, "seed.nix");
        display.clear();
    }

    @Test
    void loadTellsTheMachinesAndGivesWhatWasChosen() {
        run(
                Verb.LOAD,
                "--guest",
                "debian",
                "--mirror",
                "http://mirror/",
                "--lab",
                "second",
                "--show-trace",
                "seed.nix");

        assertThat(display.err()).isEqualTo("seed: 3 machines: db web-1 web2\n");
        assertThat(labs.requests.get(1))
                .isEqualTo(new LoadRequest(
                        directory.resolve("seed.nix"),
                        Optional.empty(),
                        Optional.of("second"),
                        GuestSystem.DEBIAN,
                        Optional.of("http://mirror/"),
                        NixOptions.NONE,
                        NetworkPart.ALL,
                        Detail.TRACE));
    }

    @Test
    void aNetworkThatCannotBeLoadedLeavesTheOneBefore() {
        var first = labs.last();
        labs.failure = Optional.of(LabException.input("broken", "", ""));

        assertThatThrownBy(() -> run(Verb.LOAD, "seed.nix")).hasMessage("broken");

        assertThat(first.open).isTrue();
    }

    @Test
    void loadingAnotherNetworkLetsGoOfTheFirst() {
        var first = labs.last();

        run(Verb.LOAD, "seed.nix");

        assertThat(first.open).isFalse();
        assertThat(labs.last().open).isTrue();
    }

    @Test
    void statusIsATable() {
        run(Verb.RUN);
        display.clear();

        run(Verb.STATUS);

        assertThat(display.out()).isEqualTo("""
                        MACHINE  STATE  SYSTEM        ADDRESS      UPTIME  MEMORY   FAILED UNITS
                        db       ready  x86_64-linux  192.168.1.1  12.5 s  300 MiB  postgresql.service
                        web-1    ready  x86_64-linux  192.168.1.2  12.5 s  300 MiB  -
                        web2     ready  x86_64-linux  192.168.1.3  12.5 s  300 MiB  -
                        """);
    }

    @Test
    void statusIsJsonForPrograms() {
        run(Verb.STATUS, "-o", "json", "web2");

        assertThat(display.out()).isEqualTo("""
                        [
                          {
                            "name": "web2",
                            "state": "stopped",
                            "system": "x86_64-linux",
                            "address": "192.168.1.3",
                            "uptimeSeconds": null,
                            "memoryMiB": 0,
                            "failedUnits": [],
                            "detail": ""
                          }
                        ]
                        """);
    }

    @Test
    void runTellsEveryPhaseOnceWhereThereIsNoTerminal() {
        run(Verb.RUN, "web2");

        assertThat(display.err().replaceAll("\\d+\\.\\d s", "0.1 s")).isEqualTo("""
                        web2: starting
                        web2: kernel
                        web2: systemd
                        web2: backdoor
                        web2: ready (0.1 s)
                        1 machine ready after 0.1 s
                        """);
        assertThat(display.out()).isEmpty();
    }

    @Test
    void buildPrintsWhereItsResultIs() {
        run(Verb.BUILD, "--no-out-link");

        assertThat(display.out()).isEqualTo("/cache/result\n");
    }

    @Test
    void execPassesOutputOnByteForByte() {
        run(Verb.RUN);
        web().answer("uname -r", 3, "out\033[0m\n", "err");
        display.clear();

        var outcome = run(Verb.EXEC, "web2", "uname -r");

        assertThat(display.out()).isEqualTo("out\033[0m\n");
        assertThat(display.err()).isEqualTo("err");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(outcome.value()).get().extracting("exitCode").isEqualTo(3);
    }

    @Test
    void execShowsControlBytesOnATerminal() {
        run(Verb.RUN);
        web().answer("evil", 0, "a\033]0;title\007b\u009bc\u202e\r\n", "");

        Verbs.run(Verb.EXEC, List.of("web2", "evil"), context.on(display.terminal(false)));

        assertThat(display.out()).isEqualTo("a^[]0;title^Gb<U+009B>c<U+202E>\r\n");
    }

    @Test
    void execTakesItsOptionsBeforeTheMachineOnly() {
        run(Verb.RUN);
        web().answer("ls -l --user x", 0, "", "");

        run(Verb.EXEC, "-u", "alice", "-d", "/tmp", "-e", "A=b=c", "-e", "B=", "web2", "ls", "-l", "--user", "x");

        var request = web().requests.get(0);
        assertThat(request.command()).isEqualTo("ls -l --user x");
        assertThat(request.user()).contains("alice");
        assertThat(request.directory()).contains("/tmp");
        assertThat(request.environment()).containsEntry("A", "b=c").containsEntry("B", "");
    }

    @Test
    void twoHyphensPartTheMachineFromTheCommand() {
        run(Verb.RUN);
        web().answer("uname -r", 0, "6.1\n", "");

        run(Verb.EXEC, "web2", "--", "uname", "-r");

        assertThat(display.out()).isEqualTo("6.1\n");
    }

    @Test
    void execOnSeveralMachinesPrefixesLinesAndSumsUp() {
        run(Verb.RUN);
        labs.last().machine("db").answer("id", 0, "one\ntwo", "");
        web().answer("id", 4, "", "no\n");
        display.clear();

        var outcome = run(Verb.EXEC, "db,web2", "id");

        assertThat(display.out().lines()).containsExactly("db   │ one", "db   │ two");
        assertThat(display.err()).isEqualTo("web2 │ no\n2 machines: 1 ok, 1 failed (web2 exited with 4)\n");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
    }

    @Test
    void eachMachineHasItsOwnColour() {
        run(Verb.RUN);
        labs.last().machine("db").answer("id", 0, "x\n", "");
        web().answer("id", 0, "x\n", "");

        Verbs.run(Verb.EXEC, List.of("db,web2", "id"), context.on(display.terminal(true)));

        assertThat(display.out().lines())
                .containsExactlyInAnyOrder("\033[33mdb   │ \033[0mx", "\033[34mweb2 │ \033[0mx");
    }

    @Test
    void execReadsItsInputIfAsked() {
        run(Verb.RUN);
        frontend.input = new ByteArrayInputStream("typed".getBytes(StandardCharsets.UTF_8));

        run(Verb.EXEC, "-i", "-", "web2", "cat");
        run(Verb.EXEC, "-i", "page.html", "web2", "cat");

        assertThat(display.out()).isEqualTo("typedpage");
    }

    @Test
    void execEndsByItsDeadline() {
        run(Verb.RUN);

        assertThatThrownBy(() -> run(Verb.EXEC, "--timeout", "20ms", "web2", "sleep infinity"))
                .isInstanceOf(DeadlineException.class);
    }

    @Test
    void interruptReachesAllMachines() throws InterruptedException {
        run(Verb.RUN);
        var thrown = new AtomicReference<Throwable>();
        var thread = new Thread(() -> {
            try {
                run(Verb.EXEC, "all", "sleep infinity");
            } catch (CancelledException e) {
                thrown.set(e);
            }
        });
        thread.start();
        while (labs.last().machine("db").requests.isEmpty() || web().requests.isEmpty()) {
            Thread.onSpinWait();
        }

        thread.interrupt();
        thread.join();

        assertThat(thrown.get()).isInstanceOf(CancelledException.class);
        assertThat(web().events).contains("interrupted");
        assertThat(labs.last().machine("db").events).contains("interrupted");
    }

    @Test
    void stoppedMachineSaysHowToStartIt() {
        assertThatThrownBy(() -> run(Verb.EXEC, "web2", "true"))
                .hasMessage("web2 is not running")
                .extracting("hint")
                .isEqualTo("run web2 starts it");
    }

    @Test
    void logsAskTheJournal() {
        run(Verb.RUN);
        web().answer("journalctl --no-pager --boot --unit='a b' --lines=5", 0, "line\n", "");
        display.clear();

        run(Verb.LOGS, "web2", "-n", "5", "a b");

        assertThat(display.out()).isEqualTo("line\n");
    }

    @Test
    void consoleShowsTheLastLines() throws IOException {
        Files.writeString(directory.resolve("web2.console"), "one\ntwo\nthree\n");

        run(Verb.CONSOLE, "web2", "-n", "2");

        assertThat(display.out()).isEqualTo("two\nthree\n");
    }

    @Test
    void verbForOneMachineWantsToKnowWhich() {
        assertThatThrownBy(() -> run(Verb.LOGS)).hasMessage("which machine is not said");
        assertThatThrownBy(() -> run(Verb.LOGS, "web*"))
                .hasMessage("'web*' selects 2 machines, but only one can be used");
        assertThatThrownBy(() -> run(Verb.KILL)).hasMessage("kill: which machine is not said");
    }

    @Test
    void attachNeedsATerminal() {
        assertThatThrownBy(() -> run(Verb.ATTACH, "web2")).hasMessage("attach needs a terminal");
    }

    @Test
    void optionsAreListedAndExplained() {
        run(Verb.OPTIONS, "httpd");
        run(Verb.OPTIONS, "services.httpd.enable");

        assertThat(display.out()).isEqualTo("""
                        OPTION                       TYPE     DEFAULT
                        services.httpd.enable        boolean  false
                        services.httpd.virtualHosts  boolean  { }
                        services.httpd.enable
                          Whether to enable services.httpd.enable.
                          Type:    boolean
                          Default: false
                          Example: true
                        """);
        assertThatThrownBy(() -> run(Verb.OPTIONS, "services.htpd.enable"))
                .extracting("hint")
                .isEqualTo("did you mean 'services.httpd.enable'?");
    }

    @Test
    void optionsAreThoseOfTheLabOfTheDirectory() throws IOException {
        int before = labs.opened.size();
        context = new Context(new Session(labs, directory, Session.Choice.DEFAULT), frontend, display.plain());

        run(Verb.OPTIONS, "httpd");
        assertThat(labs.opened).hasSize(before);

        Files.createDirectory(directory.resolve(".nixlab"));
        run(Verb.OPTIONS, "httpd");
        assertThat(labs.opened).hasSize(before + 1);
    }

    @Test
    void imagesAreListedAndPruned() {
        run(Verb.IMAGES, "prune");

        assertThat(display.out().lines().skip(1))
                .singleElement()
                .asString()
                .startsWith("fedcba9876543210  packages  3.8 MiB");
        assertThat(display.err()).isEqualTo("removed 1 image, 3.8 MiB\n");
    }

    @Test
    void wrongWordsAreExplained() {
        assertThatThrownBy(() -> run(Verb.RUN, "--timeot", "3s"))
                .isInstanceOf(LabException.class)
                .extracting("hint")
                .isEqualTo("did you mean '--timeout'?");
        assertThatThrownBy(() -> run(Verb.RUN, "--timeout", "soon")).hasMessageContaining("'soon' is no time");
        assertThatThrownBy(() -> run(Verb.LOAD))
                .hasMessageContaining("FILE")
                .extracting("exitCode")
                .isEqualTo(ExitCode.USAGE);
        assertThatThrownBy(() -> run(Verb.EXEC, "web2")).hasMessage("exec: missing required parameter: 'COMMAND'");
        assertThatThrownBy(() -> run(Verb.STOP, "web3"))
                .hasMessage("there is no machine 'web3'")
                .extracting("hint")
                .isEqualTo("did you mean 'web2'?");
    }

    @Test
    void timesAreReadAsPeopleWriteThem() {
        assertThat(TimeText.parse("90")).contains(Duration.ofSeconds(90));
        assertThat(TimeText.parse("1m30s")).contains(Duration.ofSeconds(90));
        assertThat(TimeText.parse("1.5s")).contains(Duration.ofMillis(1500));
        assertThat(TimeText.parse("250ms")).contains(Duration.ofMillis(250));
        assertThat(TimeText.parse("2h")).contains(Duration.ofHours(2));
        assertThat(TimeText.parse("soon")).isEmpty();
        assertThat(TimeText.parse("")).isEmpty();
    }

    private FakeVm web() {
        return labs.last().machine("web2");
    }

    private Outcome run(Verb verb, String... words) {
        return Verbs.run(verb, List.of(words), context);
    }
}
