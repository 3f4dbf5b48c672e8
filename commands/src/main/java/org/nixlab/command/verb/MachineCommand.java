package org.nixlab.command.verb;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.LabException;
import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.display.Listing;
import org.nixlab.lab.Lab;
import org.nixlab.lab.system.Progress;
import org.nixlab.model.Machine;
import org.nixlab.model.Origin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "A start script hands its arguments to QEMU, as run-NAME-vm of NixOS does, and its machine has",
            "a root shell on hvc0, as those of the NixOS test driver have. Through that shell one command",
            "runs at a time; what needs more says so.",
            "",
            "Examples:",
            "  machine add old result/bin/run-old-vm",
            "  machine                  list those that were added",
            "  machine remove old",
        })
final class MachineCommand implements Action {
    /** What to do. */
    enum Task {
        LIST,
        ADD,
        REMOVE
    }

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "list|add|remove",
            description = "List them (default), add, or remove.")
    Optional<Task> task = Optional.empty();

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Name of the machine.")
    Optional<String> name = Optional.empty();

    @Parameters(index = "2", arity = "0..1", paramLabel = "FILE", description = "Its start script.")
    Optional<Path> script = Optional.empty();

    @Mixin
    final OutputOption output = new OutputOption();

    @Override
    public Outcome run(Context context) {
        var lab = context.labToChange(Progress.NONE);
        switch (task.orElse(Task.LIST)) {
            case LIST -> {
                return list(lab, context);
            }
            case ADD -> {
                if (script.isEmpty()) {
                    throw LabException.input(
                            "machine: a name and a start script are wanted", "", "machine add NAME FILE");
                }
                lab.addMachine(name.orElseThrow(), context.session().directory().resolve(script.get()));
            }
            case REMOVE ->
                lab.removeMachine(name.orElseThrow(
                        () -> LabException.input("machine: which is to be removed?", "", "machine remove NAME")));
        }
        return Outcome.OK;
    }

    private Outcome list(Lab lab, Context context) {
        List<Machine> foreign =
                lab.network().machines().stream().filter(Machine::isForeign).toList();
        if (foreign.isEmpty() && output.format == Listing.Format.TABLE) {
            context.display().message("no machine was added");
        } else {
            listing().print(foreign, output.format, context.display().out());
        }
        return Outcome.of(foreign.stream().map(Machine::name).toList());
    }

    private static Listing<Machine> listing() {
        return new Listing<Machine>()
                .column("MACHINE", "name", Machine::name)
                .column(
                        "SCRIPT",
                        "script",
                        machine -> machine.origin() instanceof Origin.Foreign foreign
                                ? foreign.script().toString()
                                : "");
    }
}
