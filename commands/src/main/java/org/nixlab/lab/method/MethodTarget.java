package org.nixlab.lab.method;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import org.nixlab.base.Condition;
import org.nixlab.base.Deadline;
import org.nixlab.lab.Lab;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.Vm;
import org.nixlab.machine.condition.GuestLook;
import org.nixlab.machine.condition.GuestWait;
import org.nixlab.model.Selector;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.Result;
import org.nixlab.talk.ShellSession;

import static java.util.Objects.requireNonNull;

/**
 * The machine a method is called on.
 *
 * @param lab gives the lab of this moment
 * @param name the machine's name
 * @param kept the shell that its commands are run in, if it is to be one that keeps its state
 * @param directory where paths of the host begin that are not absolute
 * @param progress is told how what takes long goes on
 * @param calls is told of every call
 */
public record MethodTarget(
        Supplier<Lab> lab,
        String name,
        Optional<ShellSession> kept,
        Path directory,
        Progress progress,
        CallListener calls) {
    public MethodTarget {
        requireNonNull(lab, "lab");
        requireNonNull(name, "name");
        requireNonNull(kept, "kept");
        directory = directory.toAbsolutePath();
        requireNonNull(progress, "progress");
        requireNonNull(calls, "calls");
    }

    public MethodTarget(Supplier<Lab> lab, String name, Path directory, Progress progress, CallListener calls) {
        this(lab, name, Optional.empty(), directory, progress, calls);
    }

    /** A machine for a script that runs in the working directory. */
    public MethodTarget(Supplier<Lab> lab, String name, Progress progress, CallListener calls) {
        this(lab, name, Path.of(""), progress, calls);
    }

    /** Returns the same, with its commands run in a shell that keeps its state and takes nothing but commands. */
    public MethodTarget in(ShellSession session) {
        return new MethodTarget(lab, name, Optional.of(session), directory, progress, calls);
    }

    Vm vm() {
        return lab.get().machine(name);
    }

    /** Runs a command. */
    Result execute(ExecRequest request, Deadline deadline) {
        return kept.map(session -> session.execute(request.command(), deadline))
                .orElseGet(() -> vm().execute(request, deadline));
    }

    /** Waits for something in the guest. */
    void await(Function<GuestLook, Condition> wanted, Arguments arguments) {
        GuestWait.until(vm(), wanted, deadline(arguments));
    }

    /** Returns a path of the host. */
    Path path(String text) {
        return directory.resolve(text).normalize();
    }

    Selector selector() {
        return new Selector(name);
    }

    /** Returns the limit that was given, else that of the lab for such work. */
    Deadline deadline(Arguments arguments, Lab.TimedWork work) {
        return Deadline.in(arguments.time("timeout").orElseGet(() -> lab.get().defaultTimeout(work)));
    }

    /** Returns the limit of what scripts wait for. */
    Deadline deadline(Arguments arguments) {
        return deadline(arguments, Lab.TimedWork.SCRIPT);
    }
}
