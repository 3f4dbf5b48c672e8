package org.nixlab.lab;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.LabException;
import org.nixlab.lab.entrance.Forward;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.Phase;
import org.nixlab.machine.condition.GuestWait;
import org.nixlab.machine.condition.UnitConditions;
import org.nixlab.model.Selector;
import org.nixlab.talk.ExecRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A machine that has nothing but a start script and the classic backdoor. */
@Timeout(1200)
class ForeignMachineIT {
    @TempDir
    Path directory;

    @Test
    void aStartScriptIsRunAndItsMachineDriven() throws IOException {
        var script = built();
        try (var lab = new TestLab(Files.createDirectory(directory.resolve("lab")), "{ own = { }; }")) {
            var here = lab.lab();
            assertThatThrownBy(() -> here.addMachine("own", script)).hasMessage("there is a machine 'own' already");
            assertThatThrownBy(() -> here.addMachine("OWN", script)).hasMessage("there is a machine 'OWN' already");
            assertThatThrownBy(() -> here.addMachine("localhost", script)).hasMessageContaining("cannot be the name");
            assertThatThrownBy(() -> here.addMachine("a.b", script)).hasMessageContaining("cannot be the name");
            assertThatThrownBy(() -> here.addMachine("old", directory)).hasMessageContaining("is no program");
            here.addMachine("old", script);
            // It stays added, also for the next shell.
            lab.letGo();

            lab.lab().run(new Selector("old"), new Lab.RunRequest(true, false), Progress.NONE, TestLab.minutes(5));
            var link = directory.resolve("lab/old.socket");
            assertThat(link).isSymbolicLink();
            assertThat(Files.readSymbolicLink(link))
                    .isEqualTo(lab.directory("old").backdoor());

            assertDriven(lab);
            assertThatThrownBy(() -> lab.lab()
                            .forwards()
                            .add(new Forward("old", "localhost", 80, "127.0.0.1", 0), TestLab.minutes(1)))
                    .hasMessage("old was built by somebody else and has only the classic backdoor");
            assertThatThrownBy(() -> lab.lab().ssh(new Selector("old"), TestLab.minutes(1)))
                    .hasMessage("old was built by somebody else and has only the classic backdoor");
            var status =
                    lab.lab().status(new Selector("old"), TestLab.minutes(1)).get(0);
            assertThat(status.phase()).isEqualTo(Phase.READY);
            assertThatThrownBy(() -> lab.lab().removeMachine("old")).hasMessage("old still runs");

            lab.lab().stop(new Selector("old"), Progress.NONE, TestLab.minutes(2));
            assertThat(Files.isSymbolicLink(link)).isFalse();
            lab.lab().removeMachine("old");
            assertThatThrownBy(() -> lab.lab().removeMachine("old")).hasMessage("'old' was not added");
            assertThat(lab.lab().network().names()).containsExactly("own");
        }
    }

    private void assertDriven(TestLab lab) throws IOException {
        var machine = lab.lab().machine("old");
        var result = lab.execute("old", "echo out; echo err >&2; exit 3");
        assertThat(result.exitCode() + result.getOut() + result.getErr()).isEqualTo("3out\nerr\n");
        var input = new ByteArrayInputStream("some input".getBytes(StandardCharsets.US_ASCII));
        var counted = machine.execute(
                ExecRequest.of("wc -c").asUser("daemon").inDirectory("/").withStdin(input), TestLab.minutes(1));
        assertThat(counted.getOut()).isEqualTo("10\n");

        var file = Files.write(directory.resolve("a file"), new byte[200_000]);
        machine.copyIn(file, "/tmp/", (done, total) -> {}, TestLab.minutes(2));
        machine.copyOut("/tmp/a file", directory.resolve("back"), (done, total) -> {}, TestLab.minutes(2));
        assertThat(directory.resolve("back")).hasSameBinaryContentAs(file);

        GuestWait.until(
                machine,
                look -> new UnitConditions(look, Optional.empty()).active("multi-user.target"),
                TestLab.minutes(1));
        assertThat(machine.monitor().hmp("info name", TestLab.minutes(1))).contains("old");
        assertThatThrownBy(() -> machine.attach(Optional.empty(), 80, 24, note -> {}, TestLab.minutes(1)))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("has only the classic backdoor, which has no terminals");
    }

    /** Somebody else's, as far as the lab can know. */
    private Path built() throws IOException {
        try (var other = new TestLab(Files.createDirectory(directory.resolve("other")), "{ old = { }; }")) {
            var result =
                    other.lab().build(Selector.ALL, new Lab.BuildRequest(false), Progress.NONE, TestLab.minutes(10));
            return result.resolve("bin/run-old-vm");
        }
    }
}
