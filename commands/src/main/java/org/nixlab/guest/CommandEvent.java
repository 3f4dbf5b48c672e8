package org.nixlab.guest;

/** What a running command reports, in order; the last one is an exit or a loss. */
sealed interface CommandEvent {
    record Output(Stream stream, byte[] data) implements CommandEvent {}

    record Exited(CommandExit exit) implements CommandEvent {}

    /** @param reason what became of the channel */
    record Lost(String reason) implements CommandEvent {}

    enum Stream {
        OUT,
        ERR
    }
}
