package org.nixlab.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.Detail;
import org.nixlab.base.LabException;
import org.nixlab.lab.state.LabDirectory;
import org.nixlab.lab.state.LabMemory;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.Host;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.Phase;
import org.nixlab.model.Network;
import org.nixlab.model.SampleNetworks;
import org.nixlab.model.Selector;
import org.nixlab.nix.Evaluation;
import org.nixlab.nix.NetworkPart;
import org.nixlab.nix.SampleSources;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a lab makes of processes that run, whatever is in them. */
@Timeout(60)
final class LocalLabTest {
    @TempDir
    private Path temporary;

    private final Deadline soon = Deadline.in(Duration.ofSeconds(40));

    @AfterEach
    void leaveNothing() {
        for (var home : List.of("here", "there")) {
            directory(temporary.resolve(home)).deleteRuntime();
        }
    }

    @Test
    void machinesOfAMovedLabAreSeenAndEnded() throws IOException {
        var here = home("here");
        try (var machine = StandInMachine.start(directory(here), "web")) {
            var there = Files.move(here, temporary.resolve("there"));

            try (var lab = lab(there, SampleNetworks.of("web"))) {
                assertThat(lab.runs()).isTrue();
                lab.kill(Selector.ALL, soon);
            }

            assertThat(machine.process().isAlive()).isFalse();
        }
    }

    @Test
    void aCopyLeavesTheMachinesOfTheOriginalAlone() throws IOException {
        var here = home("here");
        try (var machine = StandInMachine.start(directory(here), "web")) {
            var there = temporary.resolve("there");
            HostProcess.run(HostCommand.of("cp", "-a", here.toString(), there.toString()), soon);

            try (var lab = lab(there, SampleNetworks.of("web"))) {
                assertThat(lab.runs()).isFalse();
                assertThat(lab.machine("web").phase()).isEqualTo(Phase.STOPPED);
                lab.kill(Selector.ALL, soon);
            }

            assertThat(machine.process().isAlive()).isTrue();
            assertThat(directory(here).runtime()).exists();
        }
    }

    /** As {@code git clean -fdX} does. */
    @Test
    void machinesWhoseStateWasRemovedAreSeenAndEnded() throws IOException {
        var here = home("here");
        try (var machine = StandInMachine.start(directory(here), "web")) {
            HostProcess.run(HostCommand.of("rm", "-rf", here.resolve(".nixlab").toString()), soon);

            try (var lab = lab(here, SampleNetworks.of("web"))) {
                assertThat(lab.runs()).isTrue();
                lab.kill(Selector.ALL, soon);
            }

            assertThat(machine.process().isAlive()).isFalse();
        }
    }

    /** A lab that was moved has another directory after that; what is in it is the lab's all the same. */
    @Test
    void whatALabRunsAfterItsStateWasRemovedIsEnded() throws IOException {
        var here = Files.move(home("there"), temporary.resolve("here"));
        try (var lab = lab(here, SampleNetworks.of("web"))) {
            HostProcess.run(HostCommand.of("rm", "-rf", here.resolve(".nixlab").toString()), soon);
            try (var machine = StandInMachine.start(directory(here), "web");
                    var vlanSwitch = StandInMachine.switchOf(directory(here), 1)) {
                lab.kill(Selector.ALL, soon);

                assertThat(machine.process().isAlive()).isFalse();
                vlanSwitch.process().awaitEnd(soon);
            }
        }
    }

    @Test
    void aMachineThatIsNoLongerDeclaredIsShownWhileItRuns() throws IOException {
        var here = home("here");
        try (var machine = StandInMachine.start(directory(here), "web");
                var lab = lab(here, SampleNetworks.of("www"))) {
            var found = lab.status(Selector.ALL, soon);

            assertThat(found).extracting("name").containsExactly("www", "web");
            assertThat(found.get(1).detail()).isEqualTo("no longer in network.nix; 'stop' stops it with the others");
            assertThat(found.get(1).uptime()).isPresent();
            assertThat(lab.status(new Selector("www"), soon)).hasSize(1);

            lab.kill(Selector.ALL, soon);
            assertThat(machine.process().isAlive()).isFalse();
            assertThat(lab.status(Selector.ALL, soon)).extracting("name").containsExactly("www");
        }
    }

    @Test
    void aFileThatCannotBeReadStopsNoMachine() throws IOException {
        var here = home("here");
        var file = Files.writeString(here.resolve("network.nix"), "{ web = { }; }");
        try (var machine = StandInMachine.start(directory(here), "web");
                var lab = lab(
                        here,
                        new Evaluation(
                                SampleNetworks.of("web"), Optional.empty(), SampleSources.of(file), List.of()))) {
            Files.writeString(file, "{ web = ");

            assertThatThrownBy(() -> lab.restart(Selector.ALL, new Lab.RunRequest(false, false), Progress.NONE, soon))
                    .isInstanceOf(LabException.class);

            assertThat(machine.process().isAlive()).isTrue();
            lab.kill(Selector.ALL, soon);
        }
    }

    /** Each line that is typed, and each Tab, asks for it. */
    @Test
    void theNetworkIsReadAgainOnlyWhenMachinesWereAdded() throws IOException {
        var here = home("here");
        var script = Files.writeString(here.resolve("run-old-vm"), "exec qemu");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        try (var lab = lab(here, SampleNetworks.of("web"));
                var ofAnotherShell = lab(here, SampleNetworks.of("web"))) {
            var before = ofAnotherShell.network();
            assertThat(ofAnotherShell.network()).isSameAs(before);

            lab.addMachine("old", script);
            assertThat(ofAnotherShell.network().names()).containsExactly("old", "web");

            lab.removeMachine("old");
            assertThat(ofAnotherShell.network()).isEqualTo(before);
        }
    }

    @Test
    void aMachineMadeOfACommandHasAScriptThatGoesWithIt() throws IOException {
        var home = home("made");
        try (var lab = lab(home, SampleNetworks.of("web"))) {
            assertThatThrownBy(() -> lab.addMachine("../out", "true")).hasMessageContaining("cannot be the name");
            lab.addMachine("made", "qemu -m 64");

            var script = directory(home).state().resolve("machines/made/start");
            assertThat(script).isExecutable().hasContent("#!/bin/sh\nexec qemu -m 64 \"$@\"\n");
            assertThat(lab.network().names()).contains("made");

            lab.removeMachine("made");
            assertThat(script).doesNotExist();
        }
    }

    private Path home(String name) throws IOException {
        var home = Files.createDirectory(temporary.resolve(name));
        directory(home).makeState();
        return home;
    }

    private static LabDirectory directory(Path home) {
        return new LabDirectory(home, "network");
    }

    private Lab lab(Path home, Network network) {
        return lab(home, new Evaluation(network, Optional.empty(), SampleSources.of(), List.of()));
    }

    private Lab lab(Path home, Evaluation evaluation) {
        var environment = Map.of("NIXLAB_CACHE", temporary.resolve("cache").toString(), "PATH", System.getenv("PATH"));
        var request = new LoadRequest(
                home.resolve("network.nix"),
                Optional.empty(),
                Optional.of("network"),
                GuestSystem.DEBIAN,
                Optional.of("http://127.0.0.1:9/debian"),
                NixOptions.NONE,
                NetworkPart.ALL,
                Detail.SCREEN);
        return new LocalLab(
                request,
                new Workshops(new Host(home, environment)),
                evaluation,
                new LabMemory(directory(home), request, Optional.empty()));
    }
}
