package org.nixlab.command.verb;

import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import picocli.CommandLine.Command;

@Command(
        footer = {
            "",
            "Come back by starting nixlab in the lab's directory.",
            "",
            "Examples:",
            "  detach",
        })
final class DetachCommand implements Action {
    @Override
    public Outcome run(Context context) {
        context.frontend().leave();
        return Outcome.OK;
    }
}
