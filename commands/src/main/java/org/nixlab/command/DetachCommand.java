package org.nixlab.command;

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
