package org.nixlab.command;

import java.util.function.Consumer;

import org.nixlab.base.Deadline;
import org.nixlab.command.display.Display;
import org.nixlab.lab.Lab;
import org.nixlab.lab.Labs;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.Vm;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.OutputSink;
import org.nixlab.talk.Result;

/**
 * What a verb works with.
 *
 * @param session the labs
 * @param frontend the program it was typed into
 * @param display where it prints
 * @param keepsOutput whether what guests print is part of the verb's value, rather than shown as it comes
 */
public record Context(Session session, Frontend frontend, Display display, boolean keepsOutput) {
    public Context(Session session, Frontend frontend, Display display) {
        this(session, frontend, display, false);
    }

    /** Returns the lab to look at and to talk to. Which one that is, is said where it was not clear. */
    public Lab lab() {
        return lab(Progress.NONE);
    }

    /** Returns the lab to look at and to talk to, with progress as it is opened. */
    public Lab lab(Progress progress) {
        return session.lab(Labs.Use.LOOK, untold(progress), progress);
    }

    /** Returns the lab to start, to stop or to change; where there are several the user has named it. */
    public Lab labToChange(Progress progress) {
        return session.lab(Labs.Use.CHANGE, untold(progress), progress);
    }

    private Consumer<String> untold(Progress progress) {
        return progress == Progress.NONE ? display::message : progress::note;
    }

    /** Returns the same with another place to print. */
    public Context on(Display other) {
        return new Context(session, frontend, other, keepsOutput);
    }

    /** Returns the same with other labs. */
    public Context in(Session other) {
        return new Context(other, frontend, display, keepsOutput);
    }

    /** Returns the same for who wants what guests print as a value. */
    public Context keepingOutput() {
        return new Context(session, frontend, display, true);
    }

    /** Runs a command whose result is the verb's value; what it prints is kept in there or shown. */
    public Result execute(Vm vm, ExecRequest request, OutputSink shown, Deadline deadline) {
        return keepsOutput ? vm.execute(request, deadline) : vm.execute(request, shown, deadline);
    }
}
