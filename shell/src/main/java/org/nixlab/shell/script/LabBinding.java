package org.nixlab.shell.script;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import groovy.lang.Binding;
import org.nixlab.command.Context;
import org.nixlab.lab.Lab;
import org.nixlab.model.Machine;

/**
 * The variables of scripts: what they set themselves, and else the machines of the lab of this moment, {@code lab},
 * {@code machines} and {@code all}.
 */
final class LabBinding extends Binding {
    private final Context context;
    private final Path directory;
    private final Subtests subtests;

    /** @param directory where the paths of {@code network} start from */
    LabBinding(Context context, Path directory) {
        this.context = context;
        this.directory = directory;
        subtests = new Subtests(context.display());
    }

    Context context() {
        return context;
    }

    Subtests subtests() {
        return subtests;
    }

    /** Loads a network, unless it is the one that is loaded already. */
    ScriptLab network(Path file) {
        var wanted = directory.resolve(file).normalize();
        var loaded = context.session().current().map(Lab::networkFile);
        if (loaded.isEmpty() || !loaded.get().equals(wanted)) {
            Verbally.run("load", new Object[] {wanted}, context);
        }
        return new ScriptLab(context);
    }

    @Override
    public Object getVariable(String name) {
        if (super.hasVariable(name)) {
            return super.getVariable(name);
        }
        if (isLabName(name)) {
            var lab = new ScriptLab(context);
            return switch (name) {
                case "lab" -> lab;
                case "machines" -> lab.getMachines();
                default -> lab.getAll();
            };
        }
        return machines().stream()
                .filter(machine -> machine.variable().equals(name))
                .findFirst()
                .<Object>map(machine -> new ScriptMachine(context, machine.name()))
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
