package org.nixlab.net;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(20)
class VlanSwitchIT {
    private final Deadline soon = Deadline.in(Duration.ofSeconds(10));

    @TempDir
    Path directory;

    @Test
    void startsIsFoundAgainAndLeavesNothing() throws Exception {
        var first = new VlanSwitch(1, directory);
        first.start(soon);
        var second = new VlanSwitch(1, directory);

        assertThat(second.isRunning()).isTrue();
        second.start(soon);
        second.stop();

        assertThat(first.isRunning()).isFalse();
        assertThat(directory).isEmptyDirectory();
    }

    /** As after a power loss, or when the host had no memory left; {@code /tmp} may survive both. */
    @Test
    void whatADeadSwitchLeftIsNotInTheWay() throws Exception {
        var vlan = new VlanSwitch(1, directory);
        vlan.start(soon);
        var dead = vlan.process().orElseThrow();
        dead.kill();
        dead.awaitEnd(soon);
        // An earlier nixlab's switches have this file, too, and end at once when it is there.
        Files.writeString(directory.resolve("vlan1.pid"), Long.toString(dead.pid()));
        assertThat(vlan.isRunning()).isFalse();

        vlan.start(soon);

        assertThat(vlan.process()).get().isNotEqualTo(dead);
        vlan.stop();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aSwitchWhoseNoteWasRemovedIsFoundAgain() throws Exception {
        var vlan = new VlanSwitch(1, directory);
        vlan.start(soon);
        var running = vlan.process();
        for (var content : List.of("", "\0damaged")) {
            Files.writeString(directory.resolve("vlan1.state"), content);
            assertThat(vlan.process()).isEqualTo(running);
        }
        Files.delete(directory.resolve("vlan1.state"));

        vlan.start(soon);
        assertThat(vlan.process()).isEqualTo(running);

        Files.delete(directory.resolve("vlan1.state"));
        VlanSwitch.allIn(directory).forEach(VlanSwitch::stop);
        running.orElseThrow().awaitEnd(soon);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aSwitchThatEndsAtOnceSaysWhy() throws Exception {
        Files.createSymbolicLink(directory.resolve("vlan1"), Path.of("nowhere"));

        assertThatThrownBy(() -> new VlanSwitch(1, directory).start(soon))
                .isInstanceOf(LabException.class)
                .hasMessageStartingWith("the switch of VLAN 1 did not start: vde_switch: ")
                .extracting("hint")
                .isEqualTo("");
    }

    /** Machines that joined it are cut off from others, which nothing could join any more. */
    @Test
    void aSwitchThatCannotBeJoinedAnyMoreMakesRoomForAnother() throws Exception {
        var vlan = new VlanSwitch(1, directory);
        vlan.start(soon);
        var deaf = vlan.process().orElseThrow();
        Files.delete(vlan.socket().resolve("ctl"));
        assertThat(vlan.isRunning()).isFalse();

        vlan.start(soon);

        assertThat(vlan.process()).get().isNotEqualTo(deaf);
        deaf.awaitEnd(soon);
        vlan.stop();
        assertThat(directory).isEmptyDirectory();
    }
}
