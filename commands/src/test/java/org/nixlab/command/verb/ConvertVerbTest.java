package org.nixlab.command.verb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.command.Context;
import org.nixlab.command.FakeFrontend;
import org.nixlab.command.FakeLabs;
import org.nixlab.command.Outcome;
import org.nixlab.command.Session;
import org.nixlab.command.display.TestDisplay;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConvertVerbTest {
    @TempDir
    Path directory;

    private final TestDisplay display = new TestDisplay();
    private Context context;

    @BeforeEach
    void writeATest() throws IOException {
        var labs = new FakeLabs(SampleNetworks.of("web"));
        context =
                new Context(new Session(labs, directory, Session.Choice.DEFAULT), new FakeFrontend(), display.plain());
        Files.createDirectories(directory.resolve("tests"));
        write("tests/web.nix", "{\n  nodes.web = { };\n  testScript = ''\n    web.start()\n    web.sync()\n  '';\n}\n");
        write("good.py", "web.start()\n");
    }

    @Test
    void aPythonFileIsPrintedAsAScenario() {
        assertThat(run("good.py").exitCode()).isEqualTo(ExitCode.OK);

        assertThat(display.out()).isEqualTo("""
                // Converted from the testScript of good.py. To run it: nixlab script --network FILE.nix FILE.groovy

                web.start()
                """);
        assertThat(display.err()).isEmpty();
    }

    @Test
    void aTestBecomesAFileThatNamesItsNetwork() throws IOException {
        var outcome = run("tests/web.nix", "-o", "out.groovy");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(Files.readString(directory.resolve("out.groovy"))).isEqualTo("""
                // Converted from the testScript of web.nix. To run it: nixlab --guest nixos script out.groovy
                network 'tests/web.nix'

                web.start()
                // TODO: sync() has no counterpart: web.sync()
                """);
        assertThat(display.out()).isEmpty();
        assertThat(display.err()).isEqualTo("""
                tests/web.nix:5: sync() has no counterpart
                out.groovy: 1 place left to you
                """);
    }

    @Test
    void theNetworkIsNamedFromTheScenariosDirectory() throws IOException {
        run("tests/web.nix", "-o", "tests/web.groovy");

        assertThat(Files.readString(directory.resolve("tests/web.groovy"))).contains("\nnetwork 'web.nix'\n");
    }

    @Test
    void aFileThatIsThereIsKept() throws IOException {
        write("out.groovy", "mine");

        assertThatThrownBy(() -> run("good.py", "-o", "out.groovy")).isInstanceOfSatisfying(LabException.class, e -> {
            assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(e).hasMessage("there is a file '" + directory.resolve("out.groovy") + "' already");
            assertThat(e.hint()).contains("--force");
        });
        assertThat(Files.readString(directory.resolve("out.groovy"))).isEqualTo("mine");

        run("good.py", "-o", "out.groovy", "--force");
        assertThat(Files.readString(directory.resolve("out.groovy"))).endsWith("web.start()\n");
        assertThat(display.err()).isEqualTo("out.groovy: all was converted\n");
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        Files.write(directory.resolve("binary.py"), new byte[] {(byte) 0xff, (byte) 0xfe});

        assertUsage("there is no file '" + directory.resolve("absent.py") + "'", "absent.py");
        assertUsage("'" + directory.resolve("tests") + "' is a directory", "tests");
        assertUsage("'" + directory.resolve("binary.py") + "' is no text in UTF-8", "binary.py");
        assertUsage("'" + directory.resolve("tests") + "' is a directory", "good.py", "-o", "tests");
        assertUsage(
                "'" + directory.resolve("good.py") + "' is the test itself", "--force", "good.py", "-o", "./good.py");
        assertUsage("there is no directory '" + directory.resolve("no") + "'", "good.py", "-o", "no/out.groovy");
        assertUsage("convert: missing required parameter: 'FILE'");
    }

    @Test
    void aFileWithoutAScriptSaysSo() throws IOException {
        write("none.nix", "{ web = { }; }");

        assertUsage("there is no testScript with a text in it", "none.nix");
    }

    @Test
    void oneOfSeveralScriptsIsChosenByItsLine() throws IOException {
        write("two.nix", "{\n  a.testScript = ''x = 1'';\n  b.testScript = ''y = 2'';\n}\n");

        assertThatThrownBy(() -> run("two.nix")).isInstanceOfSatisfying(LabException.class, e -> {
            assertThat(e).hasMessage("there are 2 testScripts");
            assertThat(e.hint()).isEqualTo("--line chooses one; they are at 2, 3");
        });
        run("--line", "3", "two.nix");
        assertThat(display.out()).endsWith("\n\ny = 2\n");
        assertUsage("no testScript begins at or before line 1", "--line", "1", "two.nix");
    }

    @Test
    void whatIsNoPythonIsNamedWithItsColumn() throws IOException {
        write("bad.py", "web.start(\n");

        assertThat(run("bad.py").exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(display.err()).startsWith("bad.py:1:11: not understood: ");
    }

    private void assertUsage(String message, String... words) {
        assertThatThrownBy(() -> run(words)).isInstanceOfSatisfying(LabException.class, e -> {
            assertThat(e).hasMessage(message);
            assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
        });
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private Outcome run(String... words) {
        return Verbs.run(Verb.CONVERT, List.of(words), context);
    }
}
