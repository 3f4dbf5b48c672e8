package org.nixlab.command;

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
