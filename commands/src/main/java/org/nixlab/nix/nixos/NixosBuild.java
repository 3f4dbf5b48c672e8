package org.nixlab.nix.nixos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.nixlab.model.Machine;
import org.nixlab.model.Origin;

/** What Nix has to build for NixOS machines, the others left out. */
record NixosBuild(List<Origin.Nixos> machines) {

    static NixosBuild of(List<Machine> machines) {
        return new NixosBuild(machines.stream()
                .map(Machine::origin)
                .filter(Origin.Nixos.class::isInstance)
                .map(Origin.Nixos.class::cast)
                .toList());
    }

    List<String> derivations() {
        return Stream.concat(
                        machines.stream().map(Origin.Nixos::derivation),
                        needs().stream().map(Origin.Need::derivation))
                .toList();
    }

    /** Returns what the machines need beside themselves. */
    List<Origin.Need> needs() {
        return machines.stream()
                .flatMap(machine -> machine.needs().stream())
                .distinct()
                .toList();
    }

    /** Returns whether Nix still has what the evaluation left: a collection of garbage may have taken it. */
    boolean isInstantiated() {
        return derivations().stream().allMatch(derivation -> Files.exists(Path.of(derivation)));
    }

    boolean isBuilt() {
        return machines.stream().allMatch(machine -> Files.exists(machine.script()))
                && needs().stream().allMatch(need -> Files.exists(need.output()));
    }
}
