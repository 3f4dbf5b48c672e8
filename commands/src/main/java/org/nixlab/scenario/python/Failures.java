package org.nixlab.scenario.python;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.nixlab.base.CancelledException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

/**
 * The failures of a script, as Python tells them. One that leaves several steps, and then the script, is one and the same in
 * all of them. Safe for use by many threads.
 */
final class Failures {
    private final PythonScript script;
    private final Map<Integer, LabException> known = new HashMap<>(); // guarded by this

    Failures(PythonScript script) {
        this.script = script;
    }

    /** Returns what Python describes. */
    synchronized LabException of(Map<?, ?> told) {
        return known.computeIfAbsent((Integer) told.get("number"), number -> made(told));
    }

    private LabException made(Map<?, ?> told) {
        var kind = (String) told.get("kind");
        var message = (String) told.get("message");
        var hint = (String) told.get("hint");
        if (kind.equals("KeyboardInterrupt") || kind.equals("RunEnded")) {
            return new CancelledException("the script");
        }
        var lines = lines(told);
        var place = lines.isEmpty() ? script.name() : script.place(lines.get(lines.size() - 1));
        return new LabException(code((Integer) told.get("exit")), message, place + callers(lines), hint);
    }

    /** Returns the lines of the script by way of which it came there, the innermost last. */
    static List<Integer> lines(Map<?, ?> told) {
        return ((List<?>) told.get("lines")).stream().map(Integer.class::cast).toList();
    }

    private String callers(List<Integer> lines) {
        var callers = new StringBuilder();
        for (int i = lines.size() - 2; i >= 0; i--) {
            if (!lines.get(i).equals(lines.get(i + 1))) {
                callers.append('\n').append(script.place(lines.get(i)));
            }
        }
        return callers.toString();
    }

    private static ExitCode code(int value) {
        return Arrays.stream(ExitCode.values())
                .filter(code -> code.value() == value)
                .findFirst()
                .orElse(ExitCode.CHECK_FAILED);
    }
}
