package org.nixlab.shell;

import org.nixlab.base.LabException;
import org.nixlab.command.display.Style;
import org.nixlab.lab.Lab;

/** The prompt: the lab, how many of its machines are up, and a star when its network file has changed. */
record Prompt(Style style) {
    String without() {
        return "nixlab> ";
    }

    String of(Lab lab) {
        try {
            int all = lab.network().machines().size();
            int up = RunningMachines.in(lab).size();
            var count = up + "/" + all;
            var name = lab.isStale() ? style.busy(lab.name() + "*") : lab.name();
            return "nixlab " + name + " " + (up == all ? style.good(count) : count) + "> ";
        } catch (LabException e) {
            // A lab in trouble must not take the prompt with it.
            return "nixlab " + lab.name() + "> ";
        }
    }
}
