package org.nixlab.guest.channel;

import org.nixlab.talk.OutputSink;

/** What a running command reports, in order; the last one is an exit or a loss. */
public sealed interface CommandEvent {
    record Output(OutputSink.Stream stream, byte[] data) implements CommandEvent {}

    record Exited(CommandExit exit) implements CommandEvent {}

    /** @param reason what became of the channel */
    record Lost(String reason) implements CommandEvent {}
}
