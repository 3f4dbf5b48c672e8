package org.nixlab.command.verb;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.command.Context;
import org.nixlab.command.FakeFrontend;
import org.nixlab.command.FakeLabs;
import org.nixlab.command.Outcome;
import org.nixlab.command.Session;
import org.nixlab.command.display.TestDisplay;
import org.nixlab.machine.screen.VirtualConsole;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HardwareVerbsTest {
    @TempDir
    Path directory;

    private final FakeLabs labs = new FakeLabs(SampleNetworks.of("db", "web"));
    private final TestDisplay display = new TestDisplay();
    private Context context;

    @BeforeEach
    void loadTheNetwork() throws Exception {
        Files.writeString(directory.resolve("seed.nix"), "{ }");
        context =
                new Context(new Session(labs, directory, Session.Choice.DEFAULT), new FakeFrontend(), display.plain());
        run(Verb.LOAD, "seed.nix");
        run(Verb.RUN);
        display.clear();
    }

    @Test
    void qmpShowsJsonAndGivesValues() {
        var outcome = run(Verb.QMP, "web", "device_del", "{\"id\":", "\"x\"}");

        assertThat(events()).containsExactly("qmp device_del {\"id\": \"x\"}");
        assertThat(display.out()).isEqualTo("{\n  \"status\": \"running\"\n}\n");
        assertThat(outcome.value()).contains(Map.of("status", "running"));
    }

    @Test
    void hmpTakesALineWithOptions() {
        run(Verb.HMP, "web", "info", "-x", "network");

        assertThat(events()).containsExactly("hmp info -x network");
        assertThat(display.out()).isEqualTo("eth0: index=0\n");
    }

    @Test
    void theConsoleIsNobodysInParticular() {
        assertThatThrownBy(() -> run(Verb.ATTACH, "--console", "-u", "alice", "web"))
                .hasMessage("attach: the serial console asks for the user itself");
    }

    @Test
    void keysAndTextsAreTyped() {
        run(Verb.TYPE, "--enter", "web", "ls", "-l");
        run(Verb.KEY, "web", "ctrl-alt-f2", "ret");

        assertThat(events()).containsExactly("type ls -l\n", "press ctrl-alt-f2", "press ret");
    }

    @Test
    void screenshotsGoToFilesTextsToTheDisplay() {
        var cells = "login:   ".repeat(2) + " ".repeat(9);
        labs.last().machine("web").answer(VirtualConsole.COMMAND, 0, "3 9\n" + cells, "");

        run(Verb.SCREENSHOT, "web", "web.png");
        run(Verb.SCREENSHOT, "--text", "web");

        assertThat(events()).containsExactly("screenshot web.png");
        assertThat(display.out()).isEqualTo("login:\nlogin:\n");
        assertThatThrownBy(() -> run(Verb.SCREENSHOT, "web"))
                .hasMessage("screenshot: there is no terminal to show it on");
    }

    private List<String> events() {
        return labs.last().machine("web").events;
    }

    private Outcome run(Verb verb, String... words) {
        return Verbs.run(verb, List.of(words), context);
    }
}
