package org.nixlab.command.verb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;

import org.nixlab.base.Await;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.display.GuestOutput;
import org.nixlab.lab.system.Progress;
import org.nixlab.talk.OutputSink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        footer = {
            "",
            "The serial console is kept in a file, also of machines that have stopped.",
            "",
            "Examples:",
            "  console web",
            "  console web -n 30",
            "  console web -f       and what comes, until Ctrl-C",
            "  console web | less",
        })
final class ConsoleCommand implements Action {
    private static final Duration PERIOD = Duration.ofMillis(200);

    @Mixin
    final MachineParameter machine = new MachineParameter();

    @Mixin
    final LogOptions log = new LogOptions();

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        var vm = machine.machine(context.session().lab(Progress.NONE));
        var file = vm.consoleLog();
        if (!Files.exists(file)) {
            throw LabException.input(
                    vm.declared().name() + " has not run yet, so its console printed nothing",
                    "",
                    "'run " + vm.declared().name() + "' starts it");
        }
        var output = GuestOutput.plain(context.display());
        try (var channel = FileChannel.open(file)) {
            channel.position(start(channel));
            copy(channel, output);
            var deadline = timeout.deadline(TimeoutOption.NO_LIMIT);
            while (log.follow && !deadline.hasPassed()) {
                Await.pause(PERIOD, "console");
                copy(channel, output);
            }
        } catch (IOException e) {
            throw new LabException(ExitCode.HOST_FAILED, "the console's file cannot be read", file.toString(), "", e);
        } finally {
            output.finish();
        }
        return Outcome.of(file);
    }

    private long start(FileChannel file) throws IOException {
        if (log.lines.isEmpty()) {
            return 0;
        }
        var whole = ByteBuffer.allocate((int) Math.min(file.size(), 1 << 24));
        long offset = file.size() - whole.capacity();
        file.read(whole, offset);
        int wanted = log.lines.get();
        if (wanted == 0) {
            return file.size();
        }
        for (int i = whole.position() - 2; i >= 0; i--) {
            if (whole.get(i) == '\n' && --wanted == 0) {
                return offset + i + 1;
            }
        }
        return offset;
    }

    private static void copy(FileChannel file, OutputSink output) throws IOException {
        var buffer = ByteBuffer.allocate(1 << 16);
        while (file.read(buffer) > 0) {
            output.received(OutputSink.Stream.OUT, Arrays.copyOf(buffer.array(), buffer.position()));
            buffer.clear();
        }
    }
}
