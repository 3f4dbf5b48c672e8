package org.nixlab.command.verb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Detail;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.command.Context;
import org.nixlab.command.FakeFrontend;
import org.nixlab.command.FakeLabs;
import org.nixlab.command.Outcome;
import org.nixlab.command.Session;
import org.nixlab.command.display.TestDisplay;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
final class CheckVerbTest {
    @TempDir
    private Path directory;

    private final FakeLabs labs = new FakeLabs(SampleNetworks.of("db", "web"));
    private final TestDisplay display = new TestDisplay();
    private Context context;

    @BeforeEach
    void write() throws IOException {
        for (var name : List.of("a.nix", "b.nix", "broken.nix")) {
            Files.writeString(directory.resolve(name), "{ }");
        }
        context =
                new Context(new Session(labs, directory, Session.Choice.DEFAULT), new FakeFrontend(), display.plain());
    }

    @AfterEach
    void forgetTheInterrupt() {
        Thread.interrupted();
    }

    @Test
    void eachFileIsToldAndNoneBecomesALab() {
        var outcome = check("a.nix", "broken.nix", "b.nix", "none.nix");

        assertThat(display.out()).isEqualTo("""
                        FILE        GUEST   MACHINES  RESULT
                        a.nix       debian  2         ok
                        broken.nix  debian  -         3:5: undefined variable 'pkg'
                        b.nix       debian  2         ok
                        none.nix    debian  -         there is no file 'none.nix'
                        4 files: 2 ok, 2 not
                        """);
        assertThat(display.err()).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.BUILD_FAILED);
        assertThat(labs.opened).isEmpty();
        assertThat(context.session().current()).isEmpty();
    }

    @Test
    void whereAllLoadAllIsWell() {
        assertThat(check("a.nix").exitCode()).isEqualTo(ExitCode.OK);
        assertThat(display.out()).endsWith("1 file: 1 ok, 0 not\n");
    }

    @Test
    void itIsJsonForPrograms() {
        var outcome = check("-o", "json", "a.nix", "broken.nix");

        assertThat(display.out()).isEqualTo("""
                        [
                          {
                            "file": "a.nix",
                            "guest": "debian",
                            "machines": [
                              "db",
                              "web"
                            ],
                            "loads": true,
                            "complaint": null,
                            "place": null,
                            "hint": null,
                            "notes": []
                          },
                          {
                            "file": "broken.nix",
                            "guest": "debian",
                            "machines": null,
                            "loads": false,
                            "complaint": "undefined variable 'pkg'",
                            "place": "broken.nix:3:5",
                            "hint": "",
                            "notes": []
                          }
                        ]
                        """);
        assertThat(display.err()).isEqualTo("2 files: 1 ok, 1 not\n");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.BUILD_FAILED);
        assertThat(outcome.value().orElseThrow())
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(2);
    }

    @Test
    void theyAreReadAsLoadWould() {
        check("--guest", "nixos", "--nixpkgs", "tree", "--argstr", "n", "x", "--show-trace", "a.nix#one.two");

        assertThat(labs.requests)
                .containsExactly(LoadRequest.of("a.nix#one.two", directory)
                        .withGuestSystem(GuestSystem.NIXOS)
                        .withNix(NixOptions.NONE.withNixpkgs("tree").withString("n", "x"))
                        .with(Detail.TRACE));
    }

    @Test
    void aComplaintIsOneLineThatIsNotTooLong() {
        var place = "  " + directory.resolve("a.nix");
        labs.failure = Optional.of(LabException.build("first\n" + place + "\n\n  second " + "x".repeat(200), "", ""));

        check("a.nix");

        assertThat(display.out().lines().skip(1).findFirst().orElseThrow())
                .startsWith("a.nix  debian  -         first second xxx")
                .endsWith("x…")
                .hasSize(160 + 25);
    }

    @Test
    void allOfAComplaintIsToldWhereThatIsAskedFor() {
        labs.failure = Optional.of(LabException.build("first\n\n  second " + "x".repeat(200), "", ""));

        check("--all", "a.nix");

        assertThat(display.out()).contains(" first second " + "x".repeat(200) + "\n");
    }

    @Test
    void aHostThatFailsIsNotTheFilesFault() {
        labs.failure = Optional.of(LabException.host("nix-instantiate is not installed", "", ""));

        assertThat(check("a.nix", "b.nix").exitCode()).isEqualTo(ExitCode.HOST_FAILED);
    }

    @Test
    void withoutAFileItIsWrongUsage() {
        assertThatThrownBy(this::check)
                .isInstanceOf(LabException.class)
                .extracting("exitCode")
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void twoAreReadAtTheSameTime() {
        var both = new CyclicBarrier(2);
        labs.checking = request -> {
            try {
                both.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException(e);
            }
        };

        check("a.nix", "b.nix", "a.nix", "b.nix");

        assertThat(display.out()).endsWith("4 files: 4 ok, 0 not\n");
    }

    @Test
    void ctrlCKeepsWhatWasFound() {
        var user = Thread.currentThread();
        labs.checking = request -> {
            if (request.file().endsWith("b.nix")) {
                user.interrupt();
                awaitInterrupt();
            }
        };

        assertThatThrownBy(() -> check("a.nix", "b.nix", "b.nix", "a.nix", "a.nix"))
                .isInstanceOf(CancelledException.class);

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(display.out()).startsWith("FILE").contains("a.nix  debian  2         ok\n");
        assertThat(display.out()).doesNotContain("b.nix").containsPattern("\n[1-3] of 5 files: [1-3] ok, 0 not\n$");
    }

    @Test
    void aBugIsShownOnceTheOthersAreRead() {
        labs.failure = Optional.of(new IllegalStateException("a bug"));

        assertThatThrownBy(() -> check("a.nix", "b.nix")).hasMessage("a bug");

        assertThat(labs.requests).hasSize(2);
        assertThat(display.out()).isEqualTo("0 of 2 files: 0 ok, 0 not\n");
    }

    private static void awaitInterrupt() {
        try {
            TimeUnit.SECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("the evaluation");
        }
        throw new AssertionError("it was not interrupted");
    }

    private Outcome check(String... words) {
        return Verbs.run(Verb.CHECK, List.of(words), context);
    }
}
