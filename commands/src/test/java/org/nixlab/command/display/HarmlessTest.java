package org.nixlab.command.display;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.LabException;
import org.nixlab.command.Context;
import org.nixlab.command.FakeFrontend;
import org.nixlab.command.FakeLabs;
import org.nixlab.command.FakeVm;
import org.nixlab.command.Session;
import org.nixlab.command.text.Harmless;
import org.nixlab.command.verb.Verb;
import org.nixlab.command.verb.Verbs;
import org.nixlab.machine.Phase;
import org.nixlab.machine.screen.VirtualConsole;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a guest says through each verb that shows it in words of its own, on a person's terminal. */
class HarmlessTest {
    private static final String EVIL = "a\033]52;c;aGk=\007\033[2J\rforged\u009b31m\u202eb\u200f\u061c";
    private static final String SHOWN = "a^[]52;c;aGk=^G^[[2J^Mforged<U+009B>31m<U+202E>b<U+200F><U+061C>";

    @TempDir
    Path directory;

    private final FakeLabs labs = new FakeLabs(SampleNetworks.of("db", "web2"));
    private final TestDisplay display = new TestDisplay();
    private final FakeFrontend frontend = new FakeFrontend();
    private Context context;

    @BeforeEach
    void runTheNetwork() throws IOException {
        Files.writeString(directory.resolve("seed.nix"), "{ }");
        context = new Context(new Session(labs, directory, Session.Choice.DEFAULT), frontend, display.terminal(true));
        run(Verb.LOAD, "seed.nix");
        run(Verb.RUN);
        display.clear();
    }

    @Test
    void unitsInATable() {
        web().failedUnits = List.of(EVIL, "x\ny");

        run(Verb.STATUS);

        assertThat(display.out()).contains(SHOWN + " x^Jy\n");
    }

    @Test
    void tablesAreHarmlessInAFile() {
        web().failedUnits = List.of(EVIL);

        Verbs.run(Verb.STATUS, List.of(), context.on(display.plain()));

        assertThat(display.out()).contains(SHOWN);
    }

    @Test
    void jsonStaysExact() {
        web().failedUnits = List.of(EVIL);

        run(Verb.STATUS, "-o", "json", "web2");

        assertThat(display.out())
                .contains("\"a\\u001b]52;c;aGk=\\u0007\\u001b[2J\\u000dforged\\u009b31m\\u202eb\\u200f\\u061c\"");
    }

    @Test
    void journalsAndConsoles() throws IOException {
        web().answer("journalctl --no-pager --boot", 0, EVIL + "\n", "");
        Files.writeString(web().consoleLog(), EVIL);

        run(Verb.LOGS, "web2");
        run(Verb.CONSOLE, "web2");
        run(Verb.CONSOLE, "web2", "-n", "1");

        assertHarmless(display.out());
    }

    @Test
    void answersOfQemu() {
        web().monitor = Optional.of(EVIL + "\r\n");

        run(Verb.HMP, "web2", "info");
        run(Verb.QMP, "web2", "query-status");

        assertThat(display.out()).contains(SHOWN + "\n");
        assertHarmless(display.out());
    }

    @Test
    void textOfTheScreen() {
        web().answer(VirtualConsole.COMMAND, 0, "1 80\n" + EVIL, "");

        run(Verb.SCREENSHOT, "web2", "--text");

        assertHarmless(display.out());
    }

    @Test
    void progressInLinesAndInABlock() {
        for (var progress : List.of(
                new LineProgress(display.terminal(true)),
                LiveProgress.start(display.terminal(true), Duration.ofDays(1)),
                new LineProgress(display.plain()))) {
            progress.machine("web2", Phase.STARTING, EVIL);
            progress.step(EVIL, EVIL, 0.5);
            progress.now(EVIL, EVIL);
            progress.note(EVIL);
            progress.machine("web2", Phase.FAILED, EVIL);
            progress.close();
        }

        assertThat(display.err()).contains("web2: starting: " + SHOWN, SHOWN + ": " + SHOWN, "\n" + SHOWN + "\n");
        assertHarmless(display.err());
    }

    @Test
    void failuresOfOneAmongMany() {
        web().failure = LabException.host(EVIL, "", "");

        assertThatThrownBy(() -> run(Verb.EXEC, "all", "true")).hasMessage(EVIL);

        assertThat(display.err()).contains("web2: a^[]52;c;aGk=^G^[[2J)\n");
    }

    @Test
    void linesOfTheHistory() {
        frontend.history.add(EVIL);

        run(Verb.HISTORY);

        assertThat(display.out()).isEqualTo(SHOWN + "\n");
    }

    @Test
    void valuesOfGroovy() {
        ValueDisplay.show(EVIL, display.terminal(true));
        ValueDisplay.show(List.of(EVIL), display.terminal(true));

        assertHarmless(display.out());
    }

    @Test
    void everyMarkThatDoesSomethingIsSeen() {
        for (int mark : new int[] {0x80, 0x9f, 0x61c, 0x200e, 0x200f, 0x2028, 0x202a, 0x202e, 0x2066, 0x2069}) {
            assertThat(Harmless.line("a" + Character.toString(mark) + "b")).isEqualTo("a<U+%04X>b".formatted(mark));
        }
        assertThat(Harmless.line("\0\t\033\177\u00a0\u202f\u2065\u206a")).isEqualTo("^@^I^[^?\u00a0\u202f\u2065\u206a");
    }

    @Test
    void coloursStay() {
        display.terminal(true).message("\033[1;31mred\033[0m \033[5A");

        assertThat(display.err()).isEqualTo("\033[1;31mred\033[0m ^[[5A\n");
    }

    private static void assertHarmless(String shown) {
        assertThat(shown)
                .contains("^[]52;c;aGk=^G^[[2J")
                .doesNotContain("\033]", "\033[2J", "\007", "\u009b", "\u202e", "\u200f", "\u061c");
    }

    private FakeVm web() {
        return labs.last().machine("web2");
    }

    private void run(Verb verb, String... words) {
        Verbs.run(verb, List.of(words), context);
    }
}
