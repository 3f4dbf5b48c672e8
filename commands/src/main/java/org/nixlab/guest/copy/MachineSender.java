package org.nixlab.guest.copy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.guest.GuestShell;
import org.nixlab.guest.bulk.CopyChecksum;
import org.nixlab.guest.bulk.CopyPath;
import org.nixlab.guest.channel.CommandOutput;
import org.nixlab.guest.channel.RunningCommand;
import org.nixlab.guest.copy.CopyNotes.Reason;
import org.nixlab.guest.tar.TarReader;
import org.nixlab.talk.CopyProgress;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.ShellWord;

/**
 * The machine's side of a copy out of it. It compares what came with the files that are there when all has been sent, which
 * is quick; those that are another by then are sent once more, with the checksum of what is sent. Used by one thread.
 */
final class MachineSender {
    /** Something could not be read; the error output says what. */
    private static final int INCOMPLETE = 3;

    private final GuestShell shell;
    private final String machine;
    private final CopyPlan plan;
    private final Deadline deadline;
    private RunningCommand running;

    MachineSender(GuestShell shell, String machine, CopyPlan plan, Deadline deadline) {
        this.shell = shell;
        this.machine = machine;
        this.plan = plan;
        this.deadline = deadline;
    }

    /** What reads the archive, to its end. */
    interface Taker {
        /** Returns the names of the files with their checksums. */
        Map<String, String> take(InputStream archive, CopyChecksum checksum) throws IOException;
    }

    /** Returns a progress that ends the copy when its time is over or its thread interrupted, and tells another. */
    CopyProgress watching(CopyProgress progress) {
        return (done, total) -> {
            running.check(deadline);
            progress.copied(done, total);
        };
    }

    /** Sends the tree. Returns the names of the files that are not what they were any more. */
    List<String> send(Taker taker) throws IOException {
        try (var path = shell.copyPath(deadline)) {
            var report = new CopyReport(path.checksum(), plan.notes(), plan.name());
            var came = run(request(shell, new CopyScript(path).send(plan)), path, report, taker);
            var known = new HashMap<>(report.sums());
            var doubtful = new ArrayList<String>();
            came.forEach((name, sum) -> {
                var count = known.getOrDefault(sum, 0);
                if (count == 0) {
                    doubtful.add(name);
                }
                known.put(sum, count - 1);
            });
            return doubtful;
        }
    }

    /** Sends some files once more. */
    void sendAgain(List<String> names, Taker taker) throws IOException {
        if (names.isEmpty()) {
            return;
        }
        var request = new StringBuilder();
        names.forEach(
                name -> request.append(name.substring(plan.stage().length())).append('\0'));
        try (var path = shell.copyPath(deadline)) {
            var report = new CopyReport(path.checksum(), plan.notes(), plan.name());
            var sum = path.checksum().start();
            var script = request(shell, new CopyScript(path).sendAgain(plan))
                    .withStdin(new ByteArrayInputStream(request.toString().getBytes(StandardCharsets.ISO_8859_1)));
            var came = run(script, path, report, (archive, checksum) -> {
                var summing = new TappedInput(archive, sum::update);
                var taken = taker.take(summing, checksum);
                TarReader.drain(summing);
                return taken;
            });
            if (!report.sent().equals(sum.line()) && !report.sent().startsWith(sum.line() + " ")) {
                throw failure(plan.source() + " was damaged on its way");
            }
            for (var name : names) {
                plan.notes().add(came.containsKey(name) ? Reason.CHANGED : Reason.GONE, plan.shown(name));
            }
        }
    }

    private Map<String, String> run(ExecRequest request, CopyPath path, CopyReport report, Taker taker)
            throws IOException {
        try (var command =
                shell.start("copying " + plan.source(), request, request.stdin().isPresent(), deadline)) {
            running = command;
            var output = new CommandOutput(command, report::add, deadline);
            Map<String, String> came = Map.of();
            Optional<IOException> failure = Optional.empty();
            try (var archive = path.input(command, output)) {
                came = taker.take(archive, path.checksum());
                TarReader.drain(archive);
            } catch (IOException e) {
                // An archive that is cut short has its reason in what the machine says of it.
                if (!(e instanceof EOFException) && !command.hasFailed()) {
                    throw e;
                }
                failure = Optional.of(e);
            }
            var status = output.finish().status();
            if (failure.isPresent()
                    || status != 0 && (status != INCOMPLETE || report.reason().isPresent())) {
                var reason = report.reason()
                        .or(() -> plan.notes().unread())
                        .orElse(failure.map(IOException::getMessage).orElse(""));
                throw failure(plan.source() + " could not be copied from the machine"
                        + (reason.isEmpty() ? "" : ": " + reason));
            }
            return came;
        }
    }

    /** Not every guest has every program of a copy on its path. */
    static ExecRequest request(GuestShell shell, String script) {
        return ExecRequest.of("PATH=$PATH:" + ShellWord.quote(shell.programs() + "/bin") + "\n" + script);
    }

    private LabException failure(String what) {
        return LabException.host(what, machine, "");
    }
}
