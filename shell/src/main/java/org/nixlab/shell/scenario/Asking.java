package org.nixlab.shell.scenario;

import java.util.Optional;

import org.nixlab.base.LabException;
import org.nixlab.command.Context;
import org.nixlab.shell.script.ScriptSession;

/** Asks the user for lines in the middle of a scenario. */
public interface Asking {
    /** Asks for lines of all kinds, which find the variables of a script in Groovy, until the user leaves. */
    void lines(Context context, ScriptSession session);

    /** Returns a line of another language; empty if the user leaves. */
    Optional<String> line(String prompt);

    /** Returns what to say where a scenario stops. */
    static String stopped(RuntimeException failure) {
        var place = failure instanceof LabException known && !known.place().isEmpty() ? "\n  " + known.place() : "";
        return "stopped: " + failure.getMessage() + place
                + "\n  the machines go on; Ctrl-D goes on to the end of the scenario";
    }
}
