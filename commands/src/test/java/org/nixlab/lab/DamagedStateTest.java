package org.nixlab.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Damage;
import org.nixlab.base.Deadline;
import org.nixlab.base.Detail;
import org.nixlab.lab.state.ForeignMachines;
import org.nixlab.lab.state.LabDirectory;
import org.nixlab.lab.state.LabMemory;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.Host;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.machine.MachineStatus;
import org.nixlab.machine.host.VmDirectory;
import org.nixlab.model.Machine;
import org.nixlab.model.SampleNetworks;
import org.nixlab.model.Selector;
import org.nixlab.nix.Evaluation;
import org.nixlab.nix.NetworkPart;
import org.nixlab.nix.SampleSources;

import static org.assertj.core.api.Assertions.assertThat;

/** A lab whose files a host damaged that lost its power or had no room: nothing of it ends in a bug. */
@Timeout(120)
final class DamagedStateTest {
    @TempDir
    private Path home;

    private final Deadline soon = Deadline.in(Duration.ofSeconds(100));

    @AfterEach
    void leaveNothing() {
        directory().deleteRuntime();
    }

    private static final List<String> STAYS = List.of(
            "lab.properties",
            "foreign",
            "lock",
            "id",
            "relay.log",
            "machines/web/declared",
            "machines/web/process",
            "machines/web/programs",
            "machines/web/console.start",
            "machines/web/qemu.log",
            "machines/web/ending",
            "machines/web/backdoor-link");

    private static final List<String> OF_ONE_RUN = List.of(
            "vlan1.state",
            "vlan1.log",
            "relay.state",
            "web/process",
            "web/programs",
            "web/events.log",
            "web/events.log.read",
            "web/answered",
            "web/ready");

    @Test
    void whatStays() throws IOException {
        for (var damage : Damage.all()) {
            try (var machine = StandInMachine.start(directory(), "web")) {
                use(directory().state(), STAYS, damage);
                assertThat(machine.process().isAlive()).isFalse();
            }
        }
    }

    @Test
    void whatIsOfOneRun() throws IOException {
        for (var damage : Damage.all()) {
            try (var machine = StandInMachine.start(directory(), "web")) {
                use(directory().runtime(), OF_ONE_RUN, damage);
                assertThat(machine.process().isAlive()).isFalse();
            }
        }
    }

    @Test
    void machinesThatWereAddedAreKeptAsFarAsTheyCanBeRead() throws IOException {
        directory().makeState();
        var file = directory().state().resolve("foreign");
        var foreign = new ForeignMachines(directory());
        Files.writeString(file, "old\t1,2\t/bin/run-old-vm\nne");
        var told = new ArrayList<String>();

        foreign.setAsideIfDamaged(told::add);
        foreign.setAsideIfDamaged(told::add);

        assertThat(told).containsExactly(file + " could not be read; it is foreign.damaged now");
        assertThat(foreign.joinedTo(SampleNetworks.of("web")).machines())
                .filteredOn(Machine::isForeign)
                .extracting("name")
                .containsExactly("old");
    }

    /** Looks at the lab, and ends its machine, which goes on whatever is damaged. */
    private void use(Path place, List<String> files, byte[] damage) throws IOException {
        for (var file : files) {
            Files.write(place.resolve(file), damage);
        }
        directory().settings().load();
        directory().settings().setAsideIfDamaged(news -> {});
        new ForeignMachines(directory()).setAsideIfDamaged(news -> {});
        try (var lab = lab("web")) {
            assertThat(lab.network().machines()).isNotEmpty();
            assertThat(lab.ownership()).isNotNull();
            assertThat(lab.isStale()).isIn(true, false);
            assertThat(lab.runs()).isTrue();
        }
        // What does not answer is asked for long, unless it is not declared.
        try (var lab = lab("www")) {
            assertThat(lab.status(Selector.ALL, soon))
                    .extracting(MachineStatus::name)
                    .containsExactly("www", "web");
            lab.kill(Selector.ALL, soon);
        }
        assertThat(VmDirectory.processIn(directory().machine("web").runtime())).doesNotExist();
    }

    private LabDirectory directory() {
        return new LabDirectory(home, "network");
    }

    private Lab lab(String machine) {
        var environment = Map.of("NIXLAB_CACHE", home.resolve("cache").toString());
        var request = new LoadRequest(
                home.resolve("network.nix"),
                Optional.empty(),
                Optional.of("network"),
                GuestSystem.DEBIAN,
                Optional.empty(),
                NixOptions.NONE,
                NetworkPart.ALL,
                Detail.SCREEN);
        return new LocalLab(
                request,
                new Workshops(new Host(home, environment)),
                new Evaluation(SampleNetworks.of(machine), Optional.empty(), SampleSources.of(), List.of()),
                new LabMemory(directory(), request, Optional.empty()));
    }
}
