package org.nixlab.machine.network;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.command.FakeVm;
import org.nixlab.machine.Phase;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NetworkCardsTest {
    private static final String INFO = """
            virtio-net-pci.0: index=0,type=nic,model=virtio-net-pci,macaddr=52:54:00:12:34:56
             \\ eth0: index=0,type=user,net=10.0.2.0,restrict=off
            virtio-net-pci.1: index=0,type=nic,model=virtio-net-pci,macaddr=52:54:00:12:02:01
             \\ eth2: index=0,type=vde,sock=/run/vlan2,fd=23
            virtio-net-pci.2: index=0,type=nic,model=virtio-net-pci,macaddr=52:54:00:12:01:01
             \\ eth1: index=0,type=vde,sock=/run/vlan1,fd=21
            """;

    private FakeVm vm;

    @BeforeEach
    void makeMachine(@TempDir Path directory) {
        vm = new FakeVm(SampleNetworks.machine("m", 1), directory.resolve("console")).enter(Phase.READY);
        vm.monitor = Optional.of(INFO);
    }

    @Test
    void theFirstVlansCardIsMeantAndFoundByItsAddress() {
        link(Optional.empty(), false);
        link(Optional.of("eth1"), true);
        link(Optional.of("1"), true);

        assertThat(vm.events)
                .containsExactly(
                        "hmp info network",
                        "qmp set_link {\"name\": \"virtio-net-pci.2\", \"up\": false}",
                        "hmp info network",
                        "qmp set_link {\"name\": \"virtio-net-pci.2\", \"up\": true}",
                        "hmp info network",
                        "qmp set_link {\"name\": \"virtio-net-pci.2\", \"up\": true}");
    }

    @Test
    void theOneThatLeadsOutsideIsTheFirst() {
        link(Optional.of("eth0"), false);

        assertThat(vm.events).contains("qmp set_link {\"name\": \"virtio-net-pci.0\", \"up\": false}");
    }

    @Test
    void aGuestMayHaveChangedItsAddress() {
        vm.monitor = Optional.of(INFO.replace("52:54:00:12:01:01", "02:00:00:00:00:01"));

        link(Optional.empty(), false);

        assertThat(vm.events).contains("qmp set_link {\"name\": \"virtio-net-pci.1\", \"up\": false}");
    }

    @Test
    void cardsOnHubsOfOldQemusAreFound() {
        var old =
                "hub 1\n \\ vde.0: index=0,type=vde,sock=/x\n \\ virtio-net-pci.1: index=0,type=nic,model=virtio-net-pci,"
                        + "macaddr=52:54:00:12:1:1\n";

        assertThat(NetworkCards.Card.read(old))
                .containsExactly(new NetworkCards.Card("virtio-net-pci.1", "52:54:00:12:1:1"));
    }

    @Test
    void anInterfaceThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> link(Optional.of("eth7"), false))
                .isInstanceOf(LabException.class)
                .hasMessage("m has no interface 'eth7'")
                .extracting("hint")
                .isEqualTo("it has eth0, eth1; a number is a VLAN");
    }

    private void link(Optional<String> which, boolean up) {
        new NetworkCards(vm).link(which, up, Deadline.in(Duration.ofSeconds(10)));
    }
}
