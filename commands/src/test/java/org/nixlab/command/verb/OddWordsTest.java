package org.nixlab.command.verb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.ExitCode;
import org.nixlab.command.Context;
import org.nixlab.command.FakeFrontend;
import org.nixlab.command.FakeLabs;
import org.nixlab.command.FakeVm;
import org.nixlab.command.Session;
import org.nixlab.command.display.TestDisplay;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Words on the border of what verbs take. */
class OddWordsTest {
    @TempDir
    Path directory;

    private final FakeLabs labs = new FakeLabs(SampleNetworks.of("db", "web2"));
    private final TestDisplay display = new TestDisplay();
    private final FakeFrontend frontend = new FakeFrontend();
    private Context context;

    @BeforeEach
    void runTheNetwork() throws IOException {
        Files.writeString(directory.resolve("seed.nix"), "{ }");
        context = new Context(new Session(labs, directory, Session.Choice.DEFAULT), frontend, display.plain());
        run(Verb.LOAD, "seed.nix");
        run(Verb.RUN);
        display.clear();
    }

    @Test
    void aWordWithBlanksStaysOneAmongSeveral() {
        run(Verb.EXEC, "web2", "--", "sh", "-c", "echo $HOME", "*", "");
        run(Verb.EXEC, "web2", "ls -l | wc");
        run(Verb.EXEC, "web2", "cd /etc &&", "ls", "it's a");

        assertThat(web().requests)
                .extracting("command")
                .containsExactly("sh -c 'echo $HOME' * ''", "ls -l | wc", "cd /etc && ls 'it'\\''s a'");
    }

    @Test
    void numbersThatMeanNothingAreRefused() throws IOException {
        Files.writeString(web().consoleLog(), "one\ntwo\n");
        frontend.history.add("status");

        for (var verb : List.of(Verb.HISTORY, Verb.LOGS, Verb.CONSOLE)) {
            for (var number : List.of("-1", "99999999999", "x")) {
                assertThatThrownBy(() -> run(verb, verb == Verb.HISTORY ? "all" : "web2", "-n", number))
                        .hasMessageContaining("'" + number + "' is no number of lines")
                        .extracting("exitCode")
                        .isEqualTo(ExitCode.USAGE);
            }
        }
        run(Verb.CONSOLE, "web2", "-n", "0");
        run(Verb.HISTORY, "-n", "0");
        assertThat(display.out()).isEmpty();
    }

    @Test
    void timesLongerThanAnyClockAreNoLimit() {
        run(Verb.STATUS, "--timeout", "99999999999999h");
        run(Verb.STATUS, "--timeout", "999999999999999ms");

        assertThatThrownBy(() -> run(Verb.STATUS, "--timeout", "99999999999999999999ms"))
                .hasMessageContaining("is no time");
    }

    private FakeVm web() {
        return labs.last().machine("web2");
    }

    private void run(Verb verb, String... words) {
        Verbs.run(verb, List.of(words), context);
    }
}
