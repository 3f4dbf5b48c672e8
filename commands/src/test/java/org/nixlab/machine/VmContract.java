package org.nixlab.machine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Condition;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.machine.condition.GuestLook;
import org.nixlab.machine.condition.GuestWait;
import org.nixlab.machine.condition.PortConditions;
import org.nixlab.machine.condition.RepeatedCommand;
import org.nixlab.machine.condition.UnitConditions;
import org.nixlab.talk.CopyProgress;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.OutputSink;
import org.nixlab.talk.TerminalSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What users of a machine that runs may rely on, with and without a guest behind it. */
public abstract class VmContract {
    /** Says {@code out} and {@code err}, and ends with 3. */
    public static final String BOTH = "echo out; echo err >&2; exit 3";

    /** Ends with 1, and says nothing. */
    public static final String FAILING = "false";

    /** Is there in every guest. */
    public static final String UNIT = "multi-user.target";

    @TempDir
    Path directory;

    /** Returns a machine that is ready. */
    protected abstract Vm vm();

    @Test
    void aReadyMachineSaysSo() {
        var status = vm().status(soon());

        assertThat(vm().phase()).isEqualTo(Phase.READY);
        assertThat(status.name()).isEqualTo(vm().declared().name());
        assertThat(status.phase()).isEqualTo(Phase.READY);
        assertThat(status.uptime()).isPresent();
        assertThat(status.memoryMiB()).isPositive();
        assertThat(status.detail()).isEmpty();
    }

    @Test
    void aResultIsAllThatACommandLeft() {
        var result = vm().execute(ExecRequest.of(BOTH), soon());

        assertThat(result.machine()).isEqualTo(vm().declared().name());
        assertThat(result.command()).isEqualTo(BOTH);
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.getOut()).isEqualTo("out\n");
        assertThat(result.getErr()).isEqualTo("err\n");
        assertThat(result.duration()).isPositive();
    }

    @Test
    void whatIsPassedOnIsNotKept() {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();

        var result = vm().execute(
                        ExecRequest.of(BOTH),
                        (stream, data) -> (stream == OutputSink.Stream.OUT ? out : err).writeBytes(data),
                        soon());

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("out\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("err\n");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.output().size()).isEqualTo(4);
        assertThatThrownBy(result::getOut).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void inputReachesTheCommand() {
        assertThat(vm().execute(cat("typed"), soon()).getOut()).isEqualTo("typed");
    }

    @Test
    void aCommandThatIsNotThereIsAResult() {
        var result = vm().execute(ExecRequest.of("no-such-command"), soon());

        assertThat(result.exitCode()).isEqualTo(127);
        assertThat(result.getErr()).contains("no-such-command: command not found");
    }

    @Test
    void aDeadlineEndsACommand() {
        assertThatThrownBy(() -> vm().execute(ExecRequest.of("sleep infinity"), in(200)))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("timed out waiting for the end of `sleep infinity`; it was cancelled");

        assertThat(vm().execute(ExecRequest.of(FAILING), soon()).exitCode()).isEqualTo(1);
    }

    @Test
    void anInterruptEndsACommand() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> vm().execute(ExecRequest.of("sleep infinity"), soon()))
                .isInstanceOf(CancelledException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(vm().execute(ExecRequest.of(FAILING), soon()).exitCode()).isEqualTo(1);
    }

    @Test
    void aShellGivesResultsUntilItIsClosed() {
        var shell = vm().shell(ExecRequest.of(""), soon());

        assertThat(shell.execute(FAILING, soon()).exitCode()).isEqualTo(1);
        assertThat(shell.execute("no-such-command", soon()).exitCode()).isEqualTo(127);

        shell.close();
        shell.close();
        assertThatThrownBy(() -> shell.execute(FAILING, soon())).isInstanceOf(LabException.class);
    }

    @Test
    void oneWaitsForSuccess() {
        assertThatThrownBy(() -> new RepeatedCommand(vm(), () -> ExecRequest.of(FAILING)).untilSuccess(in(200)))
                .isInstanceOf(DeadlineException.class);
        assertThat(new RepeatedCommand(vm(), () -> cat("x"))
                        .untilSuccess(soon())
                        .getOut())
                .isEqualTo("x");
    }

    @Test
    void oneWaitsForUnits() {
        GuestWait.until(vm(), look -> unit(look, UNIT), soon());

        assertThatThrownBy(() -> GuestWait.until(vm(), look -> unit(look, "no-such"), soon()))
                .isInstanceOf(LabException.class)
                .hasMessage(vm().declared().name() + ": unit no-such.service does not exist")
                .extracting("exitCode")
                .isEqualTo(ExitCode.CHECK_FAILED);
    }

    @Test
    void oneWaitsForPorts() {
        assertThatThrownBy(() -> GuestWait.until(vm(), VmContract::closedPort, in(200)))
                .isInstanceOf(DeadlineException.class);
    }

    @Test
    void filesGoInAndOut() throws IOException {
        var file = Files.writeString(directory.resolve("file"), "content");
        var back = Files.createDirectory(directory.resolve("back"));

        vm().copyIn(file, "/tmp/copied", CopyProgress.NONE, soon());
        vm().copyOut("/tmp/copied", back, CopyProgress.NONE, soon());
        vm().copyOut("/tmp/copied", back.resolve("renamed"), CopyProgress.NONE, soon());

        assertThat(back.resolve("copied")).hasContent("content");
        assertThat(back.resolve("renamed")).hasContent("content");
        assertThatThrownBy(() -> vm().copyIn(directory.resolve("none"), "/tmp/", CopyProgress.NONE, soon()))
                .isInstanceOf(LabException.class)
                .hasMessage(directory.resolve("none") + " does not exist");
        assertThatThrownBy(() -> vm().copyOut("/tmp/no-such-file", back, CopyProgress.NONE, soon()))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("/tmp/no-such-file");
        assertThat(back.resolve("no-such-file")).doesNotExist();
    }

    @Test
    void qemuAnswers() {
        assertThat(((Map<?, ?>) vm().monitor().qmp("query-status", soon())).get("status"))
                .isEqualTo("running");
        assertThat(vm().monitor().hmp("info network", soon())).contains("\n");
        assertThatThrownBy(() -> vm().monitor().qmp("no-such-command", soon())).isInstanceOf(LabException.class);
        assertThatThrownBy(() -> vm().monitor().qmp("query-status {", soon()))
                .isInstanceOf(LabException.class)
                .extracting("exitCode")
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aTerminalEndsWhenItIsClosed() {
        var terminal = vm().attach(Optional.empty(), 80, 24, note -> {}, soon());
        assertThat(terminal.read(soon())).isPresent();

        terminal.close();
        terminal.close();

        assertThat(restOf(terminal)).isNotNegative();
    }

    private static ExecRequest cat(String input) {
        var stream = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        return ExecRequest.of("cat").withStdin(stream);
    }

    private static int restOf(TerminalSession terminal) {
        int length = 0;
        for (var next = terminal.read(soon()); next.isPresent(); next = terminal.read(soon())) {
            length += next.get().length;
        }
        return length;
    }

    /** Checks that a machine that is stopped says so, whatever is asked of it. */
    public static void assertThatStoppedMachineSaysSo(Vm vm, Path file) {
        var status = vm.status(soon());
        assertThat(vm.phase()).isEqualTo(Phase.STOPPED);
        assertThat(status.phase()).isEqualTo(Phase.STOPPED);
        assertThat(status.uptime()).isEmpty();
        assertThat(status.memoryMiB()).isZero();
        assertThat(status.failedUnits()).isEmpty();
        var directory = file.resolveSibling("nothing comes");
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var request = ExecRequest.of(FAILING);
        saysSo(vm, () -> vm.execute(request, soon()));
        saysSo(vm, () -> vm.execute(request, (stream, data) -> {}, soon()));
        saysSo(vm, () -> vm.attach(Optional.empty(), 80, 24, note -> {}, soon()));
        saysSo(vm, () -> vm.attachConsole(note -> {}, soon()));
        saysSo(vm, () -> vm.shell(request, soon()));
        saysSo(vm, () -> vm.copyIn(file, "/tmp/", CopyProgress.NONE, soon()));
        saysSo(vm, () -> vm.copyOut("/etc/passwd", directory, CopyProgress.NONE, soon()));
        saysSo(vm, () -> GuestWait.until(vm, look -> unit(look, UNIT), soon()));
        saysSo(vm, () -> GuestWait.until(vm, VmContract::closedPort, soon()));
        saysSo(vm, () -> new RepeatedCommand(vm, () -> request).untilSuccess(soon()));
        saysSo(vm, vm::requireRunning);
        saysSo(vm, () -> vm.reboot(soon()));
        saysSo(vm, () -> vm.connect("localhost", 9, soon()));
        saysSo(vm, () -> vm.monitor().qmp("query-status", soon()));
        saysSo(vm, () -> vm.monitor().hmp("info network", soon()));
        assertThat(directory).isEmptyDirectory();
    }

    private static void saysSo(Vm vm, ThrowingCallable asked) {
        var name = vm.declared().name();
        assertThatThrownBy(asked)
                .isExactlyInstanceOf(LabException.class)
                .hasMessage(name + " is not running")
                .satisfies(e -> assertThat(((LabException) e).exitCode()).isEqualTo(ExitCode.HOST_FAILED))
                .extracting("hint")
                .isEqualTo("run " + name + " starts it");
    }

    private static Condition unit(GuestLook look, String name) {
        return new UnitConditions(look, Optional.empty()).active(name);
    }

    private static Condition closedPort(GuestLook look) {
        return new PortConditions(look, 9, "localhost").open();
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofMinutes(2));
    }

    private static Deadline in(int millis) {
        return Deadline.in(Duration.ofMillis(millis));
    }
}
