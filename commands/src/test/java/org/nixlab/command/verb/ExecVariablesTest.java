package org.nixlab.command.verb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.LabException;
import org.nixlab.command.Context;
import org.nixlab.command.FakeFrontend;
import org.nixlab.command.FakeLabs;
import org.nixlab.command.Session;
import org.nixlab.command.display.TestDisplay;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExecVariablesTest {
    @TempDir
    Path directory;

    private final FakeLabs labs = new FakeLabs(SampleNetworks.of("web"));
    private Context context;

    @BeforeEach
    void runMachine() throws IOException {
        Files.writeString(directory.resolve("network.nix"), "{ }");
        labs.running = true;
        var session = new Session(labs, directory, Session.Choice.DEFAULT);
        context = new Context(session, new FakeFrontend(), new TestDisplay().plain());
        Verbs.run(Verb.LOAD, List.of("network.nix"), context);
    }

    @Test
    void valuesAreTakenAsTheyAre() {
        var before = System.err;
        var warnings = new ByteArrayOutputStream();
        System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
        try {
            Verbs.run(Verb.EXEC, List.of("-e", "X=a\"b", "-e", "Y='", "-e", "Z=\"q\"=", "web", "cat"), context);
        } finally {
            System.setErr(before);
        }

        assertThat(labs.last().machine("web").requests.get(0).environment())
                .containsEntry("X", "a\"b")
                .containsEntry("Y", "'")
                .containsEntry("Z", "\"q\"=");
        assertThat(warnings.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void whatSetsNoVariableIsRefused() {
        assertThatThrownBy(() -> Verbs.run(Verb.EXEC, List.of("-e", "X", "web", "cat"), context))
                .isInstanceOf(LabException.class)
                .hasMessage("exec: 'X' sets no variable");
    }
}
