package org.nixlab.shell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.LabException;
import org.nixlab.base.Threads;
import org.nixlab.command.FakeLabs;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ProgramTest {
    @TempDir
    Path directory;

    private final FakeLabs labs = new FakeLabs(SampleNetworks.of("db", "web-1", "web2"));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String input = "";

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(directory.resolve("seed.nix"), "{ }");
        Files.writeString(directory.resolve("broken.nix"), "{ }");
    }

    @Test
    void linesRunInOrderAndTheLabStaysUp() {
        int code = run("-e", "run", "-e", "status web2 | cut -c 1-15", "seed.nix");

        assertThat(code).isZero();
        assertThat(out()).isEqualTo("MACHINE  STATE \nweb2     ready \n");
        assertThat(err())
                .endsWith("seed stays up (db web-1 web2): 'nixlab' in " + directory
                        + " comes back to it, 'nixlab stop' ends it\n");
    }

    @Test
    void firstFailureEndsTheLines() {
        int code = run("-e", "exec web2 true", "-e", "=println 'not reached'", "seed.nix");

        assertThat(code).isEqualTo(4);
        assertThat(out()).isEmpty();
        assertThat(err()).isEqualTo("seed: 3 machines: db web-1 web2\nweb2 is not running\n  run web2 starts it\n");
    }

    @Test
    void linesComeFromStandardInputWithoutAPrompt() {
        input = "run\n# nothing\n\n[1, 2].each {\n  println it * 2\n}; null\nweb2 nothing | here\nstatus\n";

        int code = run("seed.nix");

        assertThat(code).isEqualTo(1);
        assertThat(out()).isEqualTo("2\n4\n");
        assertThat(err()).contains("nothing | here: command not found\nweb2: exited with 127\n");
    }

    @Test
    void marksAtTheBeginningOfFilesAreNoText() throws IOException {
        input = "\ufeffrun\n=println 'read'\n";
        Files.writeString(directory.resolve("marked.groovy"), "\ufeffprintln 'run'");

        assertThat(run("seed.nix")).as(err()).isZero();
        assertThat(run("script", "--network", "seed.nix", "marked.groovy"))
                .as(err())
                .isZero();

        assertThat(out()).contains("read\n", "run\n");
    }

    @Test
    void guestOutputGoesOnOnTheHost() throws IOException {
        Files.writeString(directory.resolve("words"), "of the guest\n");

        int code = run("-e", "run", "-e", "exec -i words web2 cat |> tr a-z A-Z", "seed.nix");

        assertThat(code).isZero();
        assertThat(out()).isEqualTo("OF THE GUEST\n");
    }

    @Test
    void aGuestCommandThatFailsFailsWhatItsOutputGoesOnTo() {
        int code = run("-e", "run", "-e", "exec web2 nothing |> cat", "-e", "=println 'not reached'", "seed.nix");

        assertThat(code).isEqualTo(1);
        assertThat(out()).isEmpty();
        assertThat(err()).contains("nothing: command not found\n");
    }

    @Test
    void outputCanBeRedirected() throws IOException {
        int code = run(
                "-e", "run", "-e", "status -o json db > status.json", "-e", "!grep -c ready status.json", "seed.nix");

        assertThat(code).isZero();
        assertThat(out()).isEqualTo("1\n");
        assertThat(directory.resolve("status.json")).content().startsWith("[\n");
    }

    @Test
    void oneShotExecEndsWithTheGuestsCode() throws IOException {
        Files.createDirectory(directory.resolve(".nixlab"));

        assertThat(run("exec", "web2", "--", "nothing")).isEqualTo(255);
        labs.running = true;
        assertThat(run("exec", "web2", "--", "nothing")).isEqualTo(127);
        assertThat(run("exec", "web2", "--", "cat")).isZero();
        assertThat(run("exec", "--timeout", "10ms", "web2", "--", "sleep infinity"))
                .isEqualTo(124);
        assertThat(run("stop")).isZero();
    }

    @Test
    void whatRunsIsLookedAtByLinesAndNotStopped() throws IOException {
        Files.createDirectory(directory.resolve(".nixlab"));
        labs.others.add("other");
        labs.running = true;

        assertThat(run("-e", "=1", "-e", "web2 cat", "-e", "stop")).isEqualTo(2);

        assertThat(err()).isEqualTo("""
                        lab seed, the only one that runs here
                        there is more than one lab in this directory
                          %s
                          say which with --lab: seed other
                        """.formatted(directory));
        assertThat(run("-e", "=web2.stop()")).isEqualTo(2);
        assertThat(labs.last().runs()).isTrue();
        assertThat(run("-e", "=web2.succeed('cat')")).isZero();
        assertThat(run("--lab", "seed", "-e", "=web2.stop()", "-e", "stop")).isZero();
        assertThat(labs.last().runs()).isFalse();
    }

    @Test
    void aLabFurtherUpIsFoundAndMattersOnlyToWhoUsesIt() throws IOException {
        Files.createDirectory(directory.resolve(".nixlab"));
        var top = directory;
        directory = Files.createDirectory(directory.resolve("below"));
        Files.writeString(directory.resolve("own.nix"), "{ }");
        labs.running = true;

        assertThat(run("-e", "=println 'said'")).isZero();
        assertThat(err()).isEmpty();
        assertThat(run("-e", "web2 cat")).isZero();
        assertThat(err()).isEqualTo("lab seed of " + top + "\n");

        labs.running = false;
        labs.others.add("other");
        assertThat(run("-e", "load own.nix", "-e", "status")).isZero();
        assertThat(labs.last().request().file()).isEqualTo(directory.resolve("own.nix"));
    }

    @Test
    void oneShotVerbWithoutALabSaysHowToGetOne() {
        assertThat(run("status")).isEqualTo(2);
        assertThat(err()).isEqualTo("no lab has been loaded in this directory\n  'load FILE' loads a network\n");
    }

    @Test
    void linesOnlyLookAtTheirNetworkUntilTheyDoMore() {
        assertThat(run("-e", "status", "seed.nix")).isZero();
        assertThat(labs.looks).hasSize(1);

        assertThat(run("-e", "load seed.nix")).isZero();
        assertThat(run("load", "seed.nix")).isZero();
        assertThat(labs.looks).hasSize(1);
        assertThat(labs.requests).hasSize(3);
    }

    @Test
    void brokenNetworkEndsWithThree() {
        assertThat(run("-e", "run", "broken.nix")).isEqualTo(3);
        assertThat(err()).isEqualTo("undefined variable 'pkg'\n  broken.nix:3:5\n");
    }

    @Test
    void unknownCommandIsExplainedBeforeGroovyIs() {
        assertThat(run("-e", "exce web2 ls", "seed.nix")).isEqualTo(2);
        assertThat(err()).endsWith("unknown command 'exce'\n  did you mean 'exec'?\n");
    }

    @Test
    void programOfTheHostIsNoGroovy() {
        assertThat(run("-e", "systemctl status httpd", "seed.nix")).isEqualTo(2);
        assertThat(err()).contains("'systemctl' is no command, no machine and no name in Groovy\n");
    }

    @Test
    void forcedCommandMustExist() {
        assertThat(run("-e", ":stauts", "seed.nix")).isEqualTo(2);
        assertThat(err()).endsWith("unknown command 'stauts'\n  did you mean 'status'?\n");
    }

    @Test
    void scenarioStopsItsLabAlsoWhenItFails() throws IOException {
        Files.writeString(directory.resolve("web.groovy"), """
                network 'seed.nix'
                run()
                subtest('works') { assert args[0] == 'fast' }
                subtest('does not') {
                    web2.succeed 'nothing'
                }
                """);

        int code = run("script", "web.groovy", "fast");

        assertThat(code).isEqualTo(1);
        assertThat(out().replaceAll("\\d+\\.\\d s", "0.1 s")).isEqualTo("""
                        ✓ works (0.1 s)
                        ✗ does not (0.1 s)
                          web2: 'nothing' exited with 127: nothing: command not found
                            web.groovy:5: web2.succeed 'nothing'
                        web.groovy: failed, 1 of 2 steps, 0.1 s
                        """);
        assertThat(err()).endsWith("step 'does not' failed\n");
        assertThat(labs.last().machine("web2").phase().word()).isEqualTo("stopped");
    }

    @Test
    void scenarioKeepsItsLabIfAsked() throws IOException {
        Files.writeString(directory.resolve("web.groovy"), "run 'web2'");

        assertThat(run("script", "--keep", "--network", "seed.nix", "web.groovy"))
                .isZero();
        assertThat(labs.last().machine("web2").phase().word()).isEqualTo("ready");
    }

    @Test
    void scenarioLeavesALabThatRanBefore() throws IOException {
        labs.running = true;
        Files.writeString(directory.resolve("web.groovy"), "network 'seed.nix'");

        assertThat(run("script", "--disks", "keep", "web.groovy")).isZero();

        assertThat(labs.last().machine("web2").phase().word()).isEqualTo("ready");
    }

    @Test
    void aFileThatCannotBeWrittenIsTheHostsFault() {
        labs.failure =
                Optional.of(new UncheckedIOException(new FileSystemException("/x/process", null, "No space left")));

        assertThat(run("-e", "status", "seed.nix")).isEqualTo(4);

        assertThat(err()).contains("No space left", "/x/process").doesNotContain("bug");

        labs.failure = Optional.of(new UncheckedIOException("could not unpack", refusedWrite()));

        assertThat(run("-e", "status", "seed.nix")).isEqualTo(4);
        assertThat(err())
                .contains("could not be written: could not unpack: Auf dem Ger\u00e4t", "nixlab images prune")
                .doesNotContain("bug");

        labs.failure = Optional.of(new UncheckedIOException(new IOException("no such entry")));

        assertThat(run("-e", "status", "seed.nix")).isEqualTo(70);
    }

    /** As the kernel refuses it, told in the language of the user. */
    private static IOException refusedWrite() {
        var refused = catchThrowableOfType(IOException.class, () -> {
            try (var full = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE)) {
                full.write(ByteBuffer.allocate(1));
            }
        });
        var told = new IOException("Auf dem Ger\u00e4t ist kein Speicherplatz mehr verf\u00fcgbar");
        told.setStackTrace(refused.getStackTrace());
        return told;
    }

    @Test
    void failuresAreHarmlessForATerminalAndAFile() {
        var evil = "unit a\033]52;c;aGk=\007\rforged\u202e.service";
        var shown = "unit a^[]52;c;aGk=^G^Mforged<U+202E>.service";
        var failure = LabException.host(evil, "in " + evil, "logs " + evil);
        failure.addSuppressed(new IllegalStateException("2 " + evil));
        labs.failure = Optional.of(failure);

        run("-e", "status", "seed.nix");

        assertThat(err()).isEqualTo(shown + "\n  in " + shown + "\n  logs " + shown + "\n  also: 2 " + shown + "\n");
    }

    @Test
    void whatEndsAThreadIsShown() throws InterruptedException {
        run("-e", "=1", "seed.nix");

        Threads.start("web-work", () -> {
                    throw new IllegalStateException("torn");
                })
                .join();

        assertThat(err()).contains("nixlab has a bug: java.lang.IllegalStateException: torn\n");
    }

    @Test
    void helpAndVersionArePrinted() {
        assertThat(run("--help")).isZero();
        assertThat(run("help", "exec")).isZero();
        assertThat(out()).contains("Exit codes:").contains("exec web* uptime");
    }

    private int run(String... arguments) {
        var surroundings = new Surroundings(
                directory,
                Map.of(),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                out,
                err,
                Set.of());
        return new Program(surroundings, labs).run(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
