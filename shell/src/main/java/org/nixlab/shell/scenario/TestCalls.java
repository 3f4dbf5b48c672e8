package org.nixlab.shell.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.command.display.Display;
import org.nixlab.command.display.LateProgress;
import org.nixlab.lab.Lab;
import org.nixlab.lab.method.MachineMethods;
import org.nixlab.lab.method.MethodTarget;
import org.nixlab.model.Selector;
import org.nixlab.model.test.TestScript;
import org.nixlab.scenario.ScenarioRun;
import org.nixlab.scenario.python.TestHost;

import static java.util.Objects.requireNonNull;

/**
 * What a script in Python finds behind the test driver's names: the machines of a lab and the run it belongs to.
 *
 * @param test what the script is of, if that is a test of NixOS
 * @param asking the user, if he wants to look around where it fails
 */
record TestCalls(
        Lab lab, ScenarioRun run, Display display, Optional<TestScript> test, ConsoleEcho echo, Optional<Asking> asking)
        implements TestHost {
    private static final Lab.RunRequest STARTED = Lab.RunRequest.until(Lab.Until.STARTED);

    TestCalls {
        requireNonNull(lab, "lab");
        requireNonNull(run, "run");
        requireNonNull(display, "display");
        requireNonNull(test, "test");
        requireNonNull(echo, "echo");
        requireNonNull(asking, "asking");
    }

    @Override
    public Object call(String machine, String method, List<?> positional, Map<String, ?> named) {
        try (var progress = new LateProgress(display)) {
            if (machine.isEmpty()) {
                return ofLab(method, positional, progress);
            }
            var target = new MethodTarget(() -> lab, machine, progress, run);
            if (method.equals("copyFromHost") && test.isPresent() && !positional.isEmpty()) {
                return copied(target, test.get(), positional, named);
            }
            return MachineMethods.call(target, method, positional, named);
        }
    }

    private Object ofLab(String method, List<?> positional, LateProgress progress) {
        switch (method) {
            case "startAll" ->
                lab.run(Selector.ALL, STARTED, progress, Deadline.in(lab.defaultTimeout(Lab.TimedWork.RUN)));
            case "createMachine" -> {
                return created((String) positional.get(0), (String) positional.get(1));
            }
            default -> throw LabException.input("a lab has no method '" + method + "'", "", "");
        }
        return null;
    }

    private Map<String, String> created(String command, String name) {
        lab.addMachine(name, command);
        return Map.of("name", name, "state", directory(lab, name).toString());
    }

    /** Returns the directory on the host in which what a machine has there is. */
    static Path directory(Lab lab, String machine) {
        return lab.machine(machine).consoleLog().getParent();
    }

    /** What a test names in the store lies elsewhere on this host, or machines alone have it. */
    private static Object copied(MethodTarget target, TestScript test, List<?> positional, Map<String, ?> named) {
        var onHost = test.onHost(positional.get(0).toString());
        if (onHost.isEmpty()) {
            return MachineMethods.call(target, "copyWithin", positional, named);
        }
        var mapped = new ArrayList<Object>(positional);
        mapped.set(0, onHost.get().toString());
        return MachineMethods.call(target, "copyFromHost", mapped, named);
    }

    @Override
    public void step(String name, Callable<?> body) {
        run.step(name, true, Optional.empty(), body);
    }

    @Override
    public Runnable watch(String name, Duration every, Callable<?> look) {
        return run.always(name, every, look)::close;
    }

    @Override
    public void say(String line) {
        run.say(line);
    }

    @Override
    public void complain(String line) {
        display.message(line);
    }

    @Override
    public void console(boolean shown) {
        echo.show(shown);
    }

    @Override
    public boolean stopped(LabException failure) {
        asking.ifPresent(user -> display.message(Asking.stopped(failure)));
        return asking.isPresent();
    }

    @Override
    public Optional<String> line(String prompt) {
        return asking.flatMap(user -> user.line(prompt));
    }
}
