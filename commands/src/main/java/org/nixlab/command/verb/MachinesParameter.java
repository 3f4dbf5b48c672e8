package org.nixlab.command.verb;

import java.util.ArrayList;
import java.util.List;

import org.nixlab.model.Selector;
import picocli.CommandLine.Parameters;

/** The machines a verb works on; all if none is named. */
final class MachinesParameter {
    @Parameters(
            arity = "0..*",
            paramLabel = "MACHINE",
            description = "Names or selectors: web, web*, a,b, @tag, !web. All if none is given.")
    List<String> words = new ArrayList<>();

    Selector selector() {
        return words.isEmpty() ? Selector.ALL : new Selector(String.join(",", words));
    }
}
