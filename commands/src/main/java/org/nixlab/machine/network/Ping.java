package org.nixlab.machine.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.machine.Vm;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.Result;
import org.nixlab.talk.ShellWord;

/**
 * What became of some pings.
 *
 * @param sent how many were sent
 * @param received how many were answered
 * @param times how long the answers took; empty if there were none
 */
public record Ping(int sent, int received, Optional<Times> times) {
    private static final Pattern COUNTS = Pattern.compile("(\\d+) packets transmitted, (\\d+) (?:packets )?received");
    private static final Pattern TIMES = Pattern.compile("= ([\\d.]+)/([\\d.]+)/([\\d.]+)");
    private static final int NOT_FOUND = 127;

    /** Times in milliseconds. */
    public record Times(double min, double avg, double max) {}

    /**
     * Sends pings from a machine, five a second, and waits two seconds for the last answer.
     *
     * @param target name or address, as the machine knows it
     * @throws LabException (check) if the target has no address, or the machine cannot send any
     */
    public static Ping send(Vm vm, String target, int count, Deadline deadline) {
        var command = "ping -n -c " + count + " -i 0.2 -W 2 -- " + ShellWord.quote(target);
        var result = vm.execute(ExecRequest.of(command), deadline);
        var counts = COUNTS.matcher(result.getOut());
        if (!counts.find()) {
            throw failure(result, target);
        }
        var times = TIMES.matcher(result.getOut());
        return new Ping(
                Integer.parseInt(counts.group(1)),
                Integer.parseInt(counts.group(2)),
                times.find()
                        ? Optional.of(new Times(number(times.group(1)), number(times.group(2)), number(times.group(3))))
                        : Optional.empty());
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    private static LabException failure(Result result, String target) {
        boolean missing = result.exitCode() == NOT_FOUND;
        return new LabException(
                ExitCode.CHECK_FAILED,
                result.machine() + ": " + target + " cannot be pinged: "
                        + (missing
                                ? "there is no ping in the machine"
                                : result.getErr().strip()),
                "",
                missing ? "environment.systemPackages = [ pkgs.iputils ] gives it one" : "");
    }

    /** Returns how many were lost, in percent. */
    public double loss() {
        return sent == 0 ? 0 : 100.0 * (sent - received) / sent;
    }

    /** Returns it as plain data: {@code sent}, {@code received}, {@code loss}, {@code min}, {@code avg}, {@code max}. */
    public Map<String, Object> data() {
        var data = new LinkedHashMap<String, Object>();
        data.put("sent", sent);
        data.put("received", received);
        data.put("loss", loss());
        data.put("min", times.map(Times::min).orElse(null));
        data.put("avg", times.map(Times::avg).orElse(null));
        data.put("max", times.map(Times::max).orElse(null));
        return data;
    }
}
