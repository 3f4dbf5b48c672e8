package org.nixlab.shell.script;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.nixlab.base.Deadline;
import org.nixlab.command.display.LateProgress;
import org.nixlab.command.display.ProgressDisplay;
import org.nixlab.lab.Lab;
import org.nixlab.lab.entrance.Forward;
import org.nixlab.lab.method.MachineMethods;
import org.nixlab.lab.method.MethodTarget;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.MachineStatus;
import org.nixlab.machine.Vm;
import org.nixlab.model.Selector;
import org.nixlab.model.option.AttributePath;

/**
 * A machine as scripts know it. All methods that talk to the guest take the options of {@link CallOptions} and end by
 * their deadline. Every name is accepted in snake_case, too.
 */
public final class ScriptMachine {
    /** How many sets deep a configuration is told. */
    private static final int DEPTH = 8;

    private static final Duration LOADING = Duration.ofMinutes(5);

    private final LabBinding binding;
    private final String name;

    ScriptMachine(LabBinding binding, String name) {
        this.binding = binding;
        this.name = name;
    }

    public String getName() {
        return name;
    }

    /** Returns its first VLAN address, or an empty text. */
    public String getAddress() {
        return vm().declared().address();
    }

    /** Returns how it is, as {@code status} shows it. */
    public MachineStatus getStatus() {
        return vm().status(new CallOptions(Map.of()).deadline(lab()));
    }

    /**
     * Returns what stands at a path of its configuration ({@code services.httpd.enable}), as plain data; what is no data is
     * named in guillemets.
     */
    public Object config(String path) {
        return ProgressDisplay.during(
                binding.context().display(),
                progress ->
                        lab().configuration(name, AttributePath.parse(path), DEPTH, progress, Deadline.in(LOADING)));
    }

    /** Opens a shell that keeps its state; {@code user:}, {@code dir:} and {@code env:} are its. */
    public ScriptShell shell(Map<String, ?> options) {
        var given = new CallOptions(options);
        return new ScriptShell(binding.context(), name, vm().shell(given.request(""), given.deadline(lab())));
    }

    public ScriptShell shell() {
        return shell(Map.of());
    }

    /** Starts it and waits until it is ready. */
    public void start() {
        ProgressDisplay.during(binding.context().display(), progress -> {
            var request = new Lab.RunRequest(
                    false, binding.context().session().choice().outLink());
            return lab().run(selector(), request, progress, limit(Lab.TimedWork.RUN));
        });
    }

    /** Copies a file or directory of the host into it. */
    public void copyIn(Object source, Object target) {
        Verbally.run("copy", new Object[] {source, name + ":" + target}, binding.context());
    }

    /** Copies a file or directory out of it to the host. */
    public void copyOut(Object source, Object target) {
        Verbally.run("copy", new Object[] {name + ":" + source, target}, binding.context());
    }

    /** Makes a port reachable from this host and returns the host's port for it. */
    public int forward(Map<String, ?> options, int port) {
        var wanted = new Forward(name, "localhost", port, "127.0.0.1", 0);
        return lab().forwards()
                .add(wanted, new CallOptions(options).deadline(lab()))
                .hostPort();
    }

    public int forward(int port) {
        return forward(Map.of(), port);
    }

    /** Asks QEMU's machine protocol and returns its answer as maps and lists. */
    public Object qmp(Object request) {
        return vm().monitor().qmp(request.toString(), limit(Lab.TimedWork.LOOK));
    }

    /** Asks QEMU's monitor for people and returns what it prints. */
    public String hmp(Object line) {
        return vm().monitor().hmp(line.toString(), limit(Lab.TimedWork.LOOK));
    }

    /** Writes what its screen shows to a PNG file. */
    public void screenshot(Object file) {
        Verbally.run("screenshot", new Object[] {name, file}, binding.context());
    }

    /** Types a text on its keyboard. */
    public void type(Object text) {
        vm().monitor().type(text.toString(), limit(Lab.TimedWork.SCRIPT));
    }

    /** Presses keys together, such as {@code ctrl-alt-f2}. */
    public void key(Object keys) {
        vm().monitor().press(keys.toString(), limit(Lab.TimedWork.SCRIPT));
    }

    /** Called by Groovy for names that are none of the above: those of the table of methods. */
    public Object methodMissing(String method, Object arguments) {
        var given = List.of((Object[]) arguments);
        if (MachineMethods.of(method).isEmpty()) {
            return Members.callSnakeCase(this, method, (Object[]) arguments);
        }
        boolean hasNamed = !given.isEmpty() && given.get(0) instanceof Map;
        var named = new LinkedHashMap<String, Object>();
        if (hasNamed) {
            ((Map<?, ?>) given.get(0)).forEach((key, value) -> named.put(key.toString(), value));
        }
        try (var progress = new LateProgress(binding.context().display())) {
            var target = new MethodTarget(this::lab, name, progress, binding.run());
            return MachineMethods.call(target, method, given.subList(hasNamed ? 1 : 0, given.size()), named);
        }
    }

    @Override
    public String toString() {
        return name + " (" + vm().phase().word() + ")";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScriptMachine machine && machine.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    private Deadline limit(Lab.TimedWork work) {
        return Deadline.in(lab().defaultTimeout(work));
    }

    private Selector selector() {
        return new Selector(name);
    }

    private Lab lab() {
        return binding.context().session().lab(Progress.NONE);
    }

    private Vm vm() {
        return lab().machine(name);
    }
}
