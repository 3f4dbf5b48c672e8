package org.nixlab.shell.script;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

import groovy.lang.Binding;
import org.nixlab.base.LabException;
import org.nixlab.command.Context;
import org.nixlab.lab.Lab;
import org.nixlab.model.Machine;
import org.nixlab.scenario.ScenarioRun;
import org.nixlab.shell.script.check.Parameter;

/**
 * The variables of scripts: what they set themselves, and else the machines of the lab of this moment, {@code lab},
 * {@code machines} and {@code all}.
 */
final class LabBinding extends Binding {
    private final Context context;
    private final Path directory;
    private volatile ScenarioRun run;
    private volatile Function<Throwable, RuntimeException> explanation = IllegalStateException::new;
    private Optional<Consumer<String>> inline = Optional.empty();
    private String loadedText = "";
    private Map<String, String> settings = Map.of();

    /** @param directory where the paths of {@code network} start from */
    LabBinding(Context context, Path directory) {
        this.context = context;
        this.directory = directory;
    }

    Context context() {
        return context;
    }

    /** Returns the run that the present code belongs to. */
    ScenarioRun run() {
        return run;
    }

    /** Has the code that follows belong to a run. */
    void belongTo(ScenarioRun newRun) {
        run = newRun;
    }

    /** Lets networks be written in the code: they are given to what loads them. */
    void writeNetworks(Consumer<String> load) {
        inline = Optional.of(load);
    }

    /** Loads a network, a file or the text of one, unless it is the one that is loaded already. */
    ScriptLab network(String named) {
        if (!named.contains("{") && !named.contains("\n")) {
            return load(directory.resolve(named).normalize());
        }
        if (!named.equals(loadedText)) {
            inline.orElseThrow(() -> LabException.input(
                            "a network can be written in scenarios only", "", "write it to a file, and load that"))
                    .accept(named);
            loadedText = named;
        }
        return new ScriptLab(this);
    }

    private ScriptLab load(Path file) {
        var loaded = context.session().current().map(lab -> lab.request().file());
        if (loaded.isEmpty() || !loaded.get().equals(file)) {
            Verbally.run("load", new Object[] {file}, context);
        }
        return new ScriptLab(this);
    }

    /** Sets parameters that the code may declare. */
    void set(Map<String, String> values) {
        settings = values;
    }

    /** Declares parameters, with their defaults: each becomes a variable, of what it was set to. */
    void declare(Map<String, ?> parameters) {
        parameters.forEach((name, standard) -> setVariable(
                name, settings.containsKey(name) ? new Parameter(name, standard).value(settings.get(name)) : standard));
    }

    /** Returns whether a variable is a machine, or a selection of them. */
    boolean isMachine(String name) {
        return !super.hasVariable(name)
                && (name.equals("all")
                        || machines().stream()
                                .anyMatch(machine -> machine.variable().equals(name)));
    }

    /** Returns the failure to tell of what escaped the code. */
    RuntimeException explain(Throwable thrown) {
        return explanation.apply(thrown);
    }

    void explainBy(Function<Throwable, RuntimeException> how) {
        explanation = how;
    }

    @Override
    public Object getVariable(String name) {
        if (super.hasVariable(name)) {
            return super.getVariable(name);
        }
        if (isLabName(name)) {
            var lab = new ScriptLab(this);
            return switch (name) {
                case "lab" -> lab;
                case "machines" -> lab.getMachines();
                default -> lab.getAll();
            };
        }
        return machines().stream()
                .filter(machine -> machine.variable().equals(name))
                .findFirst()
                .<Object>map(machine -> new ScriptMachine(this, machine.name()))
                .orElseGet(() -> super.getVariable(name));
    }

    @Override
    public boolean hasVariable(String name) {
        return super.hasVariable(name)
                || isLabName(name)
                || machines().stream().anyMatch(machine -> machine.variable().equals(name));
    }

    /** Returns the names of all variables, sorted. */
    List<String> names() {
        var names = new TreeSet<String>();
        for (var name : getVariables().keySet()) {
            names.add(name.toString());
        }
        names.addAll(List.of("lab", "machines", "all"));
        machines().forEach(machine -> names.add(machine.variable()));
        return new ArrayList<>(names);
    }

    private static boolean isLabName(String name) {
        return name.equals("lab") || name.equals("machines") || name.equals("all");
    }

    private List<Machine> machines() {
        return context.session()
                .current()
                .map(Lab::network)
                .map(network -> network.machines())
                .orElse(List.of());
    }
}
