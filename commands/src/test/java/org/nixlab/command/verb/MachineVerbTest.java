package org.nixlab.command.verb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.command.Context;
import org.nixlab.command.FakeFrontend;
import org.nixlab.command.FakeLabs;
import org.nixlab.command.Outcome;
import org.nixlab.command.Session;
import org.nixlab.command.display.TestDisplay;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MachineVerbTest {
    @TempDir
    Path directory;

    private final FakeLabs labs = new FakeLabs(SampleNetworks.of("web"));
    private final TestDisplay display = new TestDisplay();
    private Context context;

    @BeforeEach
    void loadTheNetwork() throws Exception {
        Files.writeString(directory.resolve("seed.nix"), "{ }");
        context =
                new Context(new Session(labs, directory, Session.Choice.DEFAULT), new FakeFrontend(), display.plain());
        Verbs.run(Verb.LOAD, List.of("seed.nix"), context);
        display.clear();
    }

    @Test
    void machinesAreAddedListedAndRemoved() throws IOException {
        var script = Files.createDirectories(directory.resolve("result/bin")).resolve("run-old-vm");
        assertThat(Files.writeString(script, "#!/bin/sh\n").toFile().setExecutable(true))
                .isTrue();

        run("add", "old", "result/bin/run-old-vm");
        run();

        assertThat(display.out()).isEqualTo("MACHINE  SCRIPT\nold      " + script + "\n");
        assertThat(labs.last().network().names()).containsExactly("old", "web");

        display.clear();
        run("remove", "old");
        run("list", "-o", "json");
        assertThat(display.out()).isEqualTo("[]\n");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThatThrownBy(() -> run("add", "old")).hasMessage("machine: a name and a start script are wanted");
        assertThatThrownBy(() -> run("remove")).hasMessage("machine: which is to be removed?");
        assertThatThrownBy(() -> run("remove", "web")).hasMessage("'web' was not added");
    }

    private Outcome run(String... words) {
        return Verbs.run(Verb.MACHINE, List.of(words), context);
    }
}
