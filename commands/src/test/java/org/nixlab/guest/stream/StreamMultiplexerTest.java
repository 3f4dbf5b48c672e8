package org.nixlab.guest.stream;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.guest.FakeGuest;
import org.nixlab.guest.GuestShell;

/** The contract, held by the real guest programs on the host. */
final class StreamMultiplexerTest extends StreamsContract {
    private final FakeGuest guest;
    private final GuestShell shell;

    StreamMultiplexerTest(@TempDir Path directory) throws IOException {
        guest = new FakeGuest(directory, 2, 6);
        shell = new GuestShell(guest);
    }

    @AfterEach
    void stopGuest() {
        shell.close();
        guest.close();
    }

    @Override
    protected GuestShell shell() {
        return shell;
    }
}
