package org.nixlab.command.verb;

import java.util.Optional;

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
        var chosen = new Selector(name.orElse("all")).select(lab.network());
        if (chosen.size() > 1) {
            throw LabException.input(
                    name.map(text -> "'" + text + "' selects " + chosen.size() + " machines, but only one can be used")
                            .orElse("which machine is not said"),
                    "",
                    "the machines are: "
                            + String.join(
                                    " ", chosen.stream().map(Machine::name).toList()));
        }
        return lab.machine(chosen.get(0).name());
    }
}
