package org.nixlab.command.verb;

import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import picocli.CommandLine.Command;

@Command(
        footer = {
            "",
            "To end the machines as well, 'stop' them first.",
            "",
            "Examples:",
            "  exit",
        })
final class ExitCommand implements Action {
    @Override
    public Outcome run(Context context) {
        context.frontend().leave();
        return Outcome.OK;
    }
}
