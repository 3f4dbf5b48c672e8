package org.nixlab.command.verb;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.nixlab.base.LabException;
import org.nixlab.lab.Lab;
import org.nixlab.machine.Vm;
import org.nixlab.model.Machine;
import org.nixlab.model.Selector;
import picocli.CommandLine.Parameters;

/** The one machine a verb works on; it can be left out where the network has only one. */
final class MachineParameter {
    @Parameters(index = "0", arity = "0..1", paramLabel = "MACHINE", description = "The machine.")
    Optional<String> name = Optional.empty();

    Vm machine(Lab lab) {
        return one(
                new Selector(name.orElse("all")),
                lab,
                names -> LabException.input(
                        name.map(text -> "'" + text + "' selects " + names.size()
                                        + " machines, but only one can be used")
                                .orElse("which machine is not said"),
                        "",
                        "the machines are: " + String.join(" ", names)));
    }

    /** Returns the only machine that is chosen; {@code several} says what is wrong where there are more. */
    static Vm one(Selector selector, Lab lab, Function<List<String>, LabException> several) {
        var names = selector.select(lab.network()).stream().map(Machine::name).toList();
        if (names.size() > 1) {
            throw several.apply(names);
        }
        return lab.machine(names.get(0));
    }
}
