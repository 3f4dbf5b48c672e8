package org.nixlab.command.verb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nixlab.base.LabException;
import org.nixlab.command.Context;
import org.nixlab.command.FakeFrontend;
import org.nixlab.command.FakeLabs;
import org.nixlab.command.Session;
import org.nixlab.command.display.TestDisplay;
import org.nixlab.lab.system.Progress;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Which lab verbs work on where nobody named one. */
final class MeantLabVerbsTest {
    private static final String MANY = "there is more than one lab in this directory";

    /** The verbs that work on a lab, with words that they accept. */
    private static final Map<Verb, List<String>> WORDS = Map.ofEntries(
            Map.entry(Verb.RELOAD, List.of()),
            Map.entry(Verb.BUILD, List.of()),
            Map.entry(Verb.RUN, List.of()),
            Map.entry(Verb.STOP, List.of()),
            Map.entry(Verb.KILL, List.of("all")),
            Map.entry(Verb.RESTART, List.of()),
            Map.entry(Verb.MACHINE, List.of("add", "new", "run-new-vm")),
            Map.entry(Verb.STATUS, List.of()),
            Map.entry(Verb.EXEC, List.of("web", "true")),
            Map.entry(Verb.COPY, List.of("seed.nix", "web:/tmp/")),
            Map.entry(Verb.LOGS, List.of("web")),
            Map.entry(Verb.SHOW, List.of("web")),
            Map.entry(Verb.CONSOLE, List.of("web")),
            Map.entry(Verb.SSH_CONFIG, List.of()),
            Map.entry(Verb.FORWARD, List.of()),
            Map.entry(Verb.TYPE, List.of("web", "text")),
            Map.entry(Verb.KEY, List.of("web", "ret")),
            Map.entry(Verb.HMP, List.of("web", "info status")),
            Map.entry(Verb.OPTIONS, List.of()));

    private static final EnumSet<Verb> CHANGING =
            EnumSet.of(Verb.RELOAD, Verb.BUILD, Verb.RUN, Verb.STOP, Verb.KILL, Verb.RESTART, Verb.MACHINE);

    @TempDir
    private Path directory;

    private final FakeLabs labs = new FakeLabs(SampleNetworks.of("db", "web"));
    private final TestDisplay display = new TestDisplay();
    private Context context;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(directory.resolve("seed.nix"), "{ }");
        Files.createDirectory(directory.resolve(".nixlab"));
        context = contextIn(directory);
        labs.running = true;
    }

    static Set<Verb> verbs() {
        return WORDS.keySet();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void whoLooksIsToldWhichLabRunsAndWhoChangesHasToNameOne(Verb verb) {
        labs.others.add("other");

        var failure = catchThrowable(() -> run(verb, WORDS.get(verb).toArray(String[]::new)));

        if (CHANGING.contains(verb)) {
            assertThat(failure).hasMessage(MANY);
            assertThat(display.err()).isEmpty();
            assertThat(labs.opened).isEmpty();
        } else {
            assertThat(display.err()).startsWith("lab seed, the only one that runs here\n");
        }
    }

    @Test
    void itIsSaidOnce() {
        labs.others.add("other");
        run(Verb.STATUS);
        display.clear();

        run(Verb.STATUS);

        assertThat(display.err()).isEmpty();
    }

    @Test
    void whatWasLookedAtIsStillToBeNamedToChangeIt() {
        labs.others.add("other");
        run(Verb.STATUS);

        assertThatThrownBy(() -> run(Verb.STOP))
                .isInstanceOf(LabException.class)
                .hasMessage(MANY);

        assertThat(labs.last().runs()).isTrue();
        run(Verb.LOAD, "seed.nix");
        run(Verb.STOP);
        assertThat(labs.last().runs()).isFalse();
    }

    @Test
    void whatThePromptShowsIsMeantForEverything() {
        labs.others.add("other");
        context.session().comeBack(Progress.NONE);
        context.session().settle(context.display()::message);
        assertThat(display.err()).isEqualTo("lab seed, the only one that runs here\n");

        run(Verb.STOP);

        assertThat(labs.last().runs()).isFalse();
    }

    @Test
    void theLabOfADirectoryNeedsNoWords() {
        run(Verb.STATUS);
        run(Verb.STOP);

        assertThat(display.err()).doesNotContain("lab seed");
    }

    @Test
    void furtherDownItIsSaidWhichLabItIs() throws IOException {
        context = contextIn(Files.createDirectories(directory.resolve("a/b")));

        run(Verb.STOP, "web");

        assertThat(display.err()).startsWith("lab seed of " + directory + "\n");
        assertThat(labs.last().directory()).isEqualTo(directory);
        labs.others.add("other");
        context = contextIn(directory.resolve("a"));
        display.clear();
        run(Verb.STATUS);
        assertThat(display.err()).isEqualTo("lab seed of " + directory + ", the only one that runs there\n");
    }

    @Test
    void optionsNeedNoLabFurtherUp() throws IOException {
        labs.running = false;
        labs.others.add("other");
        context = contextIn(Files.createDirectories(directory.resolve("a/b")));

        run(Verb.OPTIONS, "httpd");

        assertThat(labs.opened).isEmpty();
        context = contextIn(directory);
        assertThatThrownBy(() -> run(Verb.OPTIONS, "httpd")).hasMessage(MANY);
    }

    private Context contextIn(Path place) {
        return new Context(new Session(labs, place, Session.Choice.DEFAULT), new FakeFrontend(), display.plain());
    }

    private void run(Verb verb, String... words) {
        Verbs.run(verb, List.of(words), context);
    }
}
