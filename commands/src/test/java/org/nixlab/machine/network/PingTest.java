package org.nixlab.machine.network;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.command.FakeVm;
import org.nixlab.machine.Phase;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PingTest {
    private static final String COMMAND = "ping -n -c 3 -i 0.2 -W 2 -- db";

    private FakeVm vm;

    @BeforeEach
    void makeMachine(@TempDir Path directory) {
        vm = new FakeVm(SampleNetworks.machine("m", 1), directory.resolve("console")).enter(Phase.READY);
    }

    @Test
    void numbersAreRead() {
        vm.answer(COMMAND, 0, """
                PING db (192.168.1.2) 56(84) bytes of data.

                --- db ping statistics ---
                3 packets transmitted, 2 received, 33.3333% packet loss, time 403ms
                rtt min/avg/max/mdev = 0.045/0.060/12.080/0.014 ms
                """, "");

        assertThat(send().data())
                .containsEntry("sent", 3)
                .containsEntry("received", 2)
                .containsEntry("max", 12.08);
        assertThat(send().loss()).isBetween(33.3, 33.4);
    }

    @Test
    void aNetworkThatLosesAllIsNoFailure() {
        vm.answer(COMMAND, 1, "3 packets transmitted, 0 packets received, 100% packet loss\n", "");

        assertThat(send().loss()).isEqualTo(100);
        assertThat(send().data()).containsEntry("avg", null);
    }

    @Test
    void whatCannotBePingedSaysWhy() {
        vm.answer(COMMAND, 2, "", "ping: db: Name or service not known\n");
        assertThatThrownBy(this::send)
                .hasMessage("m: db cannot be pinged: ping: db: Name or service not known")
                .extracting("exitCode")
                .isEqualTo(ExitCode.CHECK_FAILED);

        vm.answer(COMMAND, 127, "", "bash: line 1: ping: command not found\n");
        assertThatThrownBy(this::send).hasMessage("m: db cannot be pinged: there is no ping in the machine");
    }

    private Ping send() {
        return Ping.send(vm, "db", 3, Deadline.in(Duration.ofSeconds(10)));
    }
}
