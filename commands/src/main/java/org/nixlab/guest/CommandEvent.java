package org.nixlab.guest;

import org.nixlab.base.LabException;

/** What a running command reports, in order; the last one is an exit or a loss. */
sealed interface CommandEvent {
    record Output(Stream stream, byte[] data) implements CommandEvent {}

    record Exited(CommandExit exit) implements CommandEvent {}

    record Lost(LabException failure) implements CommandEvent {}

    enum Stream {
        OUT,
        ERR
    }
}
