package org.nixlab.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.lab.entrance.Forward;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.MachineStatus;
import org.nixlab.machine.Phase;
import org.nixlab.machine.VmContract;
import org.nixlab.model.Machine;
import org.nixlab.model.Selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What users of a lab may rely on, with and without guests behind it. */
public abstract class LabContract {
    private static final Lab.RunRequest PLAIN = new Lab.RunRequest(false, false);

    @TempDir
    Path directory;

    /** Returns a lab of several machines, all of which are ready. */
    protected abstract Lab lab();

    /** Returns the name of one that may be stopped and started. */
    protected abstract String spare();

    @Test
    void itTellsOfItself() {
        assertThat(lab().name()).isNotEmpty();
        assertThat(lab().request().file()).exists().hasParent(lab().directory());
        assertThat(lab().ownership()).isEqualTo(new Lab.Ownership(true, ""));
        assertThat(lab().isStale()).isFalse();
        assertThat(lab().runs()).isTrue();
        assertThat(lab().status(Selector.ALL, soon()))
                .extracting(MachineStatus::name)
                .containsExactlyElementsOf(lab().network().names());
        for (var work : Lab.TimedWork.values()) {
            assertThat(lab().defaultTimeout(work)).isPositive();
        }
    }

    @Test
    void machinesThatAreNotThereAreRefused() {
        refused(() -> lab().machine("none"), "there is no machine 'none'");
        refused(() -> lab().status(new Selector("none"), soon()), "there is no machine 'none'");
        refused(() -> lab().run(new Selector("none"), PLAIN, Progress.NONE, soon()), "there is no machine 'none'");
        refused(() -> lab().stop(new Selector("none"), Progress.NONE, soon()), "there is no machine 'none'");
        refused(() -> lab().ssh(new Selector("none"), soon()), "there is no machine 'none'");
        refused(() -> lab().configuration("none", List.of(), 1, Progress.NONE, soon()), "there is no machine 'none'");
    }

    @Test
    void whatRunsIsLeftAlone() {
        var phases = new ArrayList<Phase>();
        var progress = new Heard(phases);

        var found = lab().run(Selector.ALL, PLAIN, progress, soon());

        assertThat(found).extracting(MachineStatus::phase).containsOnly(Phase.READY);
        assertThat(phases).isEmpty();
    }

    @Test
    void aStoppedMachineSaysSoAndStartsAgain() throws IOException {
        var file = Files.writeString(directory.resolve("file"), "content");
        var phases = new ArrayList<Phase>();

        lab().stop(new Selector(spare()), new Heard(phases), soon());

        assertThat(phases).startsWith(Phase.STOPPING).endsWith(Phase.STOPPED);
        VmContract.assertThatStoppedMachineSaysSo(lab().machine(spare()), file);
        assertThat(lab().runs()).isTrue();
        phases.clear();
        lab().stop(new Selector(spare()), new Heard(phases), soon());
        lab().kill(new Selector(spare()), soon());
        assertThat(phases).isEmpty();

        var started = Lab.RunRequest.until(Lab.Until.STARTED);
        assertThat(lab().run(new Selector(spare()), started, new Heard(phases), soon()))
                .extracting(MachineStatus::name)
                .containsExactly(spare());
        assertThat(phases).containsExactly(Phase.STARTING);
        assertThat(lab().machine(spare()).phase()).isNotEqualTo(Phase.STOPPED);
        lab().run(new Selector(spare()), started, new Heard(phases), soon());
        assertThat(phases).hasSize(1);

        var found = lab().run(new Selector(spare()), PLAIN, new Heard(phases), Deadline.in(Duration.ofMinutes(15)));

        assertThat(phases).startsWith(Phase.STARTING).endsWith(Phase.READY);
        assertThat(found).extracting(MachineStatus::name).containsExactly(spare());
        assertThat(lab().machine(spare()).phase()).isEqualTo(Phase.READY);
    }

    @Test
    void forwardsStayUntilTheyAreRemoved() {
        var forwards = lab().forwards();
        var made = forwards.add(new Forward(spare(), "localhost", 80, "127.0.0.1", 0), soon());

        assertThat(made.hostPort()).isPositive();
        assertThat(forwards.list(soon())).contains(made);
        assertThat(forwards.add(made, soon())).isEqualTo(made);
        assertThat(forwards.list(soon())).containsOnlyOnce(made);
        assertThatThrownBy(
                        () -> forwards.add(new Forward(spare(), "localhost", 81, "127.0.0.1", made.hostPort()), soon()))
                .isInstanceOf(LabException.class)
                .hasMessage("the lab's relay refused: Address already in use");

        forwards.remove(made, soon());

        assertThat(forwards.list(soon())).doesNotContain(made);
        assertThatThrownBy(() -> forwards.remove(made, soon()))
                .isInstanceOf(LabException.class)
                .hasMessage("the lab's relay refused: nothing listens on 127.0.0.1:" + made.hostPort());
    }

    @Test
    void onlyWhatCanBeAMachineIsAdded() throws IOException {
        var script = Files.writeString(directory.resolve("run-x-vm"), "#!/bin/sh\n");
        refused(() -> lab().addMachine("x", script), "'" + script + "' is no program");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        refused(() -> lab().addMachine("all", script), "'all' cannot be the name of a machine");
        refused(() -> lab().addMachine(spare(), script), "there is a machine '" + spare() + "' already");

        lab().addMachine("x", script);

        assertThat(lab().network().machine("x").filter(Machine::isForeign)).isPresent();
        assertThat(lab().machine("x").phase()).isEqualTo(Phase.STOPPED);
        lab().removeMachine("x");
        assertThat(lab().network().machine("x")).isEmpty();
        refused(() -> lab().removeMachine("x"), "'x' was not added");
        refused(() -> lab().removeMachine(spare()), "'" + spare() + "' was not added");
    }

    private static void refused(Runnable asked, String message) {
        assertThatThrownBy(asked::run)
                .isInstanceOf(LabException.class)
                .hasMessage(message)
                .extracting("exitCode")
                .isEqualTo(ExitCode.USAGE);
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofMinutes(3));
    }

    /** Hears of the phases that machines reach. */
    private record Heard(List<Phase> phases) implements Progress {
        @Override
        public void machine(String name, Phase phase, String detail) {
            phases.add(phase);
        }

        @Override
        public void step(String what, String detail, double fraction) {}

        @Override
        public void note(String line) {}
    }
}
