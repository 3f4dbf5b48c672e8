package org.nixlab.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.machine.MachineStatus;
import org.nixlab.machine.Monitor;
import org.nixlab.machine.Phase;
import org.nixlab.machine.Transcript;
import org.nixlab.machine.Vm;
import org.nixlab.model.Machine;
import org.nixlab.talk.CopyProgress;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.Output;
import org.nixlab.talk.OutputSink;
import org.nixlab.talk.Result;
import org.nixlab.talk.ShellSession;
import org.nixlab.talk.TerminalSession;
import org.nixlab.talk.TwoWayStream;

/** A machine without a guest: answers the commands it was told, and remembers what was asked of it. */
public final class FakeVm implements Vm {
    /** What a command writes and exits with. */
    public record Answer(int exitCode, String out, String err) {}

    public final List<ExecRequest> requests = new CopyOnWriteArrayList<>();
    public final List<String> copyNotes = new CopyOnWriteArrayList<>();
    public final List<String> events = new CopyOnWriteArrayList<>();
    /** What else the guest and QEMU say of themselves. */
    public volatile List<String> failedUnits;

    public volatile RuntimeException failure;
    public volatile Optional<String> monitor = Optional.empty();
    /** The picture that its screen shows. */
    public volatile byte[] screen = {};
    /** Answers what no answer was told for. */
    public volatile Function<String, Optional<Answer>> guest = new FakeGuest(events);

    private final Machine declared;
    private final Path console;
    private final Transcript transcript;
    private final Transcript qemuEvents;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private volatile Phase phase = Phase.STOPPED;

    public FakeVm(Machine declared, Path console) {
        this.declared = declared;
        this.console = console;
        this.transcript = new Transcript(console, () -> new Transcript.Run("", 0));
        this.qemuEvents = new Transcript(
                console.resolveSibling(console.getFileName() + ".events"), () -> new Transcript.Run("", 0));
        failedUnits = declared.name().equals("db") ? List.of("postgresql.service") : List.of();
    }

    /** Puts an empty file into the guest. */
    public FakeVm file(String path) {
        files.put(path, new byte[0]);
        return this;
    }

    public FakeVm answer(String command, int exitCode, String out, String err) {
        answers.put(command, new Answer(exitCode, out, err));
        return this;
    }

    public FakeVm enter(Phase next) {
        phase = next;
        return this;
    }

    @Override
    public Machine declared() {
        return declared;
    }

    @Override
    public Phase phase() {
        return phase;
    }

    @Override
    public MachineStatus status(Deadline deadline) {
        boolean up = phase != Phase.STOPPED;
        return new MachineStatus(
                declared.name(),
                phase,
                declared.system().nixName(),
                declared.address(),
                up ? Optional.of(Duration.ofMillis(12_500)) : Optional.empty(),
                up ? 300 : 0,
                up ? failedUnits : List.of(),
                "");
    }

    @Override
    public Result execute(ExecRequest request, Deadline deadline) {
        return execute(request, (stream, data) -> {}, FakeOutput::kept, deadline);
    }

    @Override
    public Result execute(ExecRequest request, OutputSink sink, Deadline deadline) {
        return execute(request, sink, FakeOutput::gone, deadline);
    }

    private Result execute(ExecRequest request, OutputSink sink, Function<String, Output> kept, Deadline deadline) {
        needRunning();
        requests.add(request);
        if (failure != null) {
            throw failure;
        }
        if (request.command().equals("yes")) {
            printForEver(sink);
        }
        if (request.command().equals("sleep infinity")) {
            send(sink, OutputSink.Stream.OUT, "sleeping\n");
            block(request, deadline);
        }
        var answer = request.command().equals("cat") ? new Answer(0, input(request), "") : answer(request.command());
        send(sink, OutputSink.Stream.OUT, answer.out());
        send(sink, OutputSink.Stream.ERR, answer.err());
        return new Result(
                declared.name(),
                request.command(),
                answer.exitCode(),
                kept.apply(answer.out()),
                kept.apply(answer.err()),
                Duration.ofMillis(3));
    }

    private Answer answer(String command) {
        return Optional.ofNullable(answers.get(command))
                .or(() -> guest.apply(command))
                .orElseGet(() -> new Answer(127, "", command + ": command not found\n"));
    }

    /** Ends as the guest's command does, when what it prints is not taken any more. */
    private void printForEver(OutputSink sink) {
        try {
            while (true) {
                send(sink, OutputSink.Stream.OUT, "y\n".repeat(1000));
            }
        } finally {
            events.add("the command was ended");
        }
    }

    private void needRunning() {
        if (phase == Phase.STOPPED) {
            throw LabException.host(declared.name() + " is not running", "", "run " + declared.name() + " starts it");
        }
    }

    private void block(ExecRequest request, Deadline deadline) {
        try {
            Thread.sleep(deadline.remaining().toMillis());
        } catch (InterruptedException e) {
            events.add("interrupted");
            Thread.currentThread().interrupt();
            throw new CancelledException("`" + request.command() + "`");
        }
        throw new DeadlineException(
                "timed out waiting for the end of `" + request.command() + "`; it was cancelled", declared.name(), "");
    }

    private static String input(ExecRequest request) {
        try (var stream = request.stdin().orElse(InputStream.nullInputStream())) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(OutputSink sink, OutputSink.Stream stream, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            sink.received(stream, bytes);
        }
    }

    @Override
    public TerminalSession attach(
            Optional<String> user, int columns, int rows, Consumer<String> notes, Deadline deadline) {
        needRunning();
        events.add("attach " + columns + "x" + rows);
        return new FakeTerminal(events, () -> notes.accept(declared.name() + " stands still"));
    }

    @Override
    public TerminalSession attachConsole(Consumer<String> notes, Deadline deadline) {
        needRunning();
        events.add("attach console");
        return new FakeTerminal(events, () -> notes.accept(declared.name() + " stands still"));
    }

    @Override
    public ShellSession shell(ExecRequest request, Deadline deadline) {
        needRunning();
        events.add("shell " + request.user().orElse(""));
        return new ShellSession() {
            private boolean closed;

            @Override
            public Result execute(String command, Deadline limit) {
                if (closed) {
                    throw LabException.host("the shell was closed", declared.name(), "");
                }
                return FakeVm.this.execute(ExecRequest.of(command), limit);
            }

            @Override
            public void close() {
                if (!closed) {
                    events.add("shell closed");
                }
                closed = true;
            }
        };
    }

    @Override
    public void copyIn(Path source, String target, CopyProgress progress, Deadline deadline) {
        needRunning();
        if (!Files.exists(source)) {
            throw LabException.input(source + " does not exist", "", "");
        }
        events.add("copyIn " + source.getFileName() + " " + target);
        copyNotes.forEach(progress::note);
        try {
            files.put(
                    target.endsWith("/") ? target + source.getFileName() : target,
                    Files.isDirectory(source) ? new byte[0] : Files.readAllBytes(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void copyTo(String source, Vm other, String target, CopyProgress progress, Deadline deadline) {
        needRunning();
        ((FakeVm) other).needRunning();
        events.add("copyTo " + source + " " + other.declared().name() + ":" + target);
        copyNotes.forEach(progress::note);
    }

    @Override
    public void copyOut(String source, Path target, CopyProgress progress, Deadline deadline) {
        needRunning();
        var content = files.get(source);
        if (content == null) {
            throw LabException.host("`" + source + "` could not be copied: there is no " + source, "", "");
        }
        if (!Files.isDirectory(target.toAbsolutePath().getParent())) {
            throw LabException.input("there is no directory " + target.getParent(), "", "make it first");
        }
        events.add("copyOut " + source + " " + target.getFileName());
        copyNotes.forEach(progress::note);
        try {
            Files.write(
                    Files.isDirectory(target) ? target.resolve(Path.of(source).getFileName()) : target, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Monitor monitor() {
        return new FakeMonitor(events, qemuEvents, monitor, screen, this::needRunning);
    }

    @Override
    public Path consoleLog() {
        return console;
    }

    @Override
    public Transcript console() {
        return transcript;
    }

    @Override
    public void requireRunning() {
        needRunning();
    }

    @Override
    public void reboot(Deadline deadline) {
        needRunning();
        events.add("reboot");
    }

    /** Connects to a port of this host, whatever machine was meant. */
    @Override
    public TwoWayStream connect(String host, int port, Deadline deadline) {
        needRunning();
        return new FakeStream(declared.name(), host, port);
    }
}
