package org.nixlab.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.ExitCode;
import org.nixlab.command.Context;
import org.nixlab.command.FakeLabs;
import org.nixlab.command.Session;
import org.nixlab.command.display.TestDisplay;
import org.nixlab.command.verb.Verb;
import org.nixlab.command.verb.Verbs;
import org.nixlab.model.SampleNetworks;
import org.nixlab.shell.host.Browser;
import org.nixlab.shell.host.HostShell;
import org.nixlab.shell.line.Line;
import org.nixlab.shell.line.PlainLines;
import org.nixlab.shell.line.Statements;
import org.nixlab.shell.line.TypedLine;
import org.nixlab.shell.scenario.Asking;
import org.nixlab.shell.script.ScriptSession;

import static org.assertj.core.api.Assertions.assertThat;

/** Lines that nobody would type on purpose. Each may fail, with words that help; none may end in a stack trace. */
@Timeout(120)
class OddLinesTest {
    private static final int LINES = Integer.getInteger("nixlab.odd.lines", 1000);
    private static final List<String> ODD = List.of(
            "",
            " ",
            "-",
            "*",
            "/",
            "?",
            "#",
            "'",
            "\"",
            "\\",
            "[",
            "]",
            "(",
            "{",
            "$",
            "~",
            "~/x",
            ".",
            "..",
            ",",
            "!",
            "@",
            "=",
            "a[1-99999999999]",
            "web2[",
            "web2:",
            ":/x",
            "web2:/",
            "web2:/tmp/x",
            "web2:../..",
            "db,web2",
            "all",
            "!all",
            "@none",
            "web2",
            "db",
            "none",
            "--",
            "---",
            "--timeout",
            "99999999999999h",
            "-1s",
            "1.5.5",
            "-n",
            "-1",
            "0",
            "99999999999",
            "-o",
            "json",
            "xml",
            "--help",
            "\u0000",
            "\ufeff",
            "\ud83d",
            "\udca9x",
            "\u6f22",
            "e\u0301",
            "\033[2J",
            "$HOME",
            "\n",
            "\t",
            "--depth",
            "config",
            "a.b..c",
            "'x",
            "\"x",
            "\\n",
            "add",
            "remove",
            "--remove",
            "--port",
            "70000",
            "-p",
            "--address",
            "/x",
            "-e",
            "X=a\"b",
            "A",
            "-u",
            "-d",
            "-i",
            "/nonexistent",
            "seed.nix",
            "page.html",
            "x.groovy",
            "80",
            "web2:99999",
            "-l",
            "list",
            "prune",
            "--text",
            "--keep",
            "ctrl-alt-delete",
            "'a b'",
            "{\"execute\":",
            "--lab",
            "--guest",
            "bsd",
            "--option",
            "a",
            "%",
            "%s");

    @TempDir
    Path directory;

    private Context context;
    private LineRunner runner;
    private TestDisplay display;

    @BeforeEach
    void runTheNetwork() throws IOException {
        Files.writeString(directory.resolve("seed.nix"), "{ }");
        Files.writeString(directory.resolve("page.html"), "page");
        Files.createDirectory(directory.resolve(".nixlab"));
        display = new TestDisplay();
        var session = new Session(new FakeLabs(SampleNetworks.of("db", "web2")), directory, Session.Choice.DEFAULT);
        var frontend =
                new ShellFrontend(InputStream.nullInputStream(), Optional.empty(), new Browser(Map.of()), new Asking() {
                    @Override
                    public void lines(Context context, ScriptSession session) {}

                    @Override
                    public Optional<String> line(String prompt) {
                        return Optional.empty();
                    }
                });
        frontend.readFrom(new PlainLines(List.of()));
        context = new Context(session, frontend, display.plain());
        runner = new LineRunner(context, new HostShell(directory, false), new Scripts(context));
        Verbs.run(Verb.LOAD, List.of("seed.nix"), context);
        Verbs.run(Verb.RUN, List.of(), context);
    }

    @RepeatedTest(3)
    void noLineEndsInATrace() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var words = Verb.allWords();
        for (int i = 0; i < LINES; i++) {
            var line = new ArrayList<String>();
            // Few begin with something else, as each is compiled.
            line.add(random.nextInt(50) == 0 ? any(ODD, random) : any(words, random));
            for (int count = random.nextInt(5); count > 0; count--) {
                line.add(any(ODD, random));
            }
            run(String.join(random.nextInt(20) == 0 ? "" : " ", line), seed);
        }
    }

    private void run(String text, long seed) {
        display.clear();
        try {
            var line = runner.route(text);
            Statements.of(text, runner::route);
            TypedLine.ofCommand(text, text);
            if (!(line instanceof Line.Host)) {
                runner.run(line);
            }
        } catch (RuntimeException | Error e) {
            var shown = new ErrorDisplay(display.plain(), false).show(e);
            assertThat(shown).as("%s%nseed %d%n%s", text, seed, display.err()).isNotEqualTo(ExitCode.BUG);
            assertThat(display.err()).as(text).isNotBlank();
        }
    }

    private static String any(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
