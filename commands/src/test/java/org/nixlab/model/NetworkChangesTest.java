package org.nixlab.model;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nixlab.model.SampleNetworks.machine;

final class NetworkChangesTest {
    @Test
    void machinesComeGoAndStay() {
        assertThat(NetworkChanges.between(SampleNetworks.of("db", "web"), SampleNetworks.of("cache", "db")))
                .containsExactly("cache is new", "db changed", "web is gone");
        assertThat(NetworkChanges.between(SampleNetworks.of("db", "web"), SampleNetworks.of("db", "web")))
                .isEmpty();
    }

    @Test
    void whatPeopleKnowAMachineByIsNamed() {
        var before = with(1024, List.of(1), List.of("lynx"), Set.of("a.service", "b.service"));
        var after = with(2048, List.of(1, 2), List.of("lynx", "curl"), Set.of("b.service", "c.service"));

        assertThat(NetworkChanges.between(before, after))
                .containsExactly("web changed: memory 1024 MiB -> 2048 MiB; VLANs [1] -> [1, 2]; packages +curl;"
                        + " units +c.service -a.service");
    }

    @Test
    void longListsAreCut() {
        var many = IntStream.range(10, 30).mapToObj(number -> "p" + number).toList();

        assertThat(NetworkChanges.between(
                        with(1024, List.of(1), List.of(), Set.of()), with(1024, List.of(1), many, Set.of())))
                .containsExactly("web changed: packages +p10 +p11 +p12 +p13 +p14 +p15 +p16 +p17 and 12 more");
    }

    private static Network with(int memory, List<Integer> vlans, List<String> packages, Set<String> units) {
        var plain = machine("web", 1);
        var hardware = new Hardware(
                memory, 1, 1024, vlans, false, false, List.of(), List.of(), List.of(), List.of(), List.of());
        var configuration = new Configuration(packages, List.of(), List.of(), List.of(), units, List.of(), List.of());
        return new Network(
                "",
                List.of(new Machine(
                        "web",
                        1,
                        GuestArchitecture.X86_64,
                        plain.identity(),
                        hardware,
                        plain.interfaces(),
                        configuration)));
    }
}
