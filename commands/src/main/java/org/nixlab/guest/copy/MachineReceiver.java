package org.nixlab.guest.copy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.guest.GuestShell;
import org.nixlab.guest.bulk.CopyPath;
import org.nixlab.guest.channel.CommandOutput;
import org.nixlab.guest.channel.RunningCommand;

/**
 * The machine's side of a copy into it.
 *
 * @param source what the user is to read where the name of the source belongs
 */
record MachineReceiver(GuestShell shell, String machine, CopyPath path, String source, String target) {
    /** What sends, and closes nothing. */
    interface Sender<T> {
        Sent<T> send(OutputStream stream) throws IOException;
    }

    /**
     * What was sent.
     *
     * @param sums all the machine should have by now, sorted
     * @param more what is to be sent next
     */
    record Sent<T>(T result, List<String> sums, Optional<Sender<T>> more) {}

    /** Runs the script that receives, and lets a thread send. Returns what that made. */
    <T> T receive(String script, Sender<T> first, Deadline deadline) {
        var what = source + " could not be copied to " + target;
        var report = new CopyReport(path.checksum(), new CopyNotes(), target);
        try (var running = shell.start("copying " + source, MachineSender.request(shell, script), true, deadline)) {
            var output = new CommandOutput(running, report::add, deadline);
            var stream = path.output(running, output);
            var sending = start(first, running, stream);
            try {
                while (!path.takesInput()) {
                    var arrived = linesToEnd(output);
                    if (arrived.isEmpty()) {
                        break;
                    }
                    var sent = sending.result(what, deadline);
                    if (!sent.map(Sent::sums).equals(arrived)) {
                        throw failure(source + " was damaged on its way");
                    }
                    var more = sent.get().more();
                    running.stdin()
                            .write((more.isPresent() ? "more\n" : "right\n").getBytes(StandardCharsets.US_ASCII));
                    if (more.isEmpty()) {
                        break;
                    }
                    sending = start(more.get(), running, stream);
                }
                var exit = output.finish();
                path.disconnect();
                var sent = sending.result(what, deadline);
                if (exit.status() != 0) {
                    throw failure(
                            what + report.reason().map(reason -> ": " + reason).orElse(""));
                }
                return sent.orElseThrow().result();
            } finally {
                sending.stop();
            }
        } catch (IOException e) {
            throw failure(what + ": " + e.getMessage());
        }
    }

    private <T> Sending<Sent<T>> start(Sender<T> sender, RunningCommand running, OutputStream stream) {
        return Sending.start(machine, running, () -> {
            var sent = sender.send(stream);
            if (path.takesInput()) {
                stream.close();
            }
            return sent;
        });
    }

    /** Returns the checksums in the lines before {@code end}, sorted, or nothing if that never comes. */
    private Optional<List<String>> linesToEnd(CommandOutput output) throws IOException {
        var sums = new ArrayList<String>();
        var reader = new BufferedReader(new InputStreamReader(output, StandardCharsets.ISO_8859_1));
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.equals("end")) {
                Collections.sort(sums);
                return Optional.of(sums);
            }
            path.checksum().sum(line).ifPresent(sums::add);
        }
        return Optional.empty();
    }

    private LabException failure(String what) {
        return LabException.host(what, machine, "");
    }
}
