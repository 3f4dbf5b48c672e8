package org.nixlab.command.display;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.nixlab.machine.MachineStatus;
import org.nixlab.machine.Phase;

import static org.assertj.core.api.Assertions.assertThat;

final class StatusListingTest {
    @Test
    void whatElseIsToBeSaidIsInTheTable() {
        var paused = status("web", Phase.PAUSED, "paused, since the host's disk is full");

        assertThat(lines(status("db", Phase.READY, ""), paused))
                .containsExactly(
                        "MACHINE  STATE   SYSTEM        ADDRESS      UPTIME  MEMORY  FAILED UNITS  NOTE",
                        "db       ready   x86_64-linux  192.168.1.1  -       -       -",
                        "web      paused  x86_64-linux  192.168.1.1  -       -       -             "
                                + "paused, since the host's disk is full");
    }

    @Test
    void whereThereIsNothingToSayThereIsNoColumn() {
        assertThat(lines(status("db", Phase.READY, "")).get(0)).endsWith("FAILED UNITS");
    }

    private static List<String> lines(MachineStatus... statuses) {
        return StatusListing.columns().lines(List.of(statuses), new Style(false));
    }

    private static MachineStatus status(String name, Phase phase, String detail) {
        return new MachineStatus(name, phase, "x86_64-linux", "192.168.1.1", Optional.empty(), 0, List.of(), detail);
    }
}
