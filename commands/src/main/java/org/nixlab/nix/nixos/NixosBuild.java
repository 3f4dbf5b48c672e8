package org.nixlab.nix.nixos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
        return machines.stream().map(Origin.Nixos::derivation).toList();
    }

    /** Returns whether Nix still has what the evaluation left: a collection of garbage may have taken it. */
    boolean isInstantiated() {
        return derivations().stream().allMatch(derivation -> Files.exists(Path.of(derivation)));
    }

    boolean isBuilt() {
        return machines.stream().allMatch(machine -> Files.exists(machine.script()));
    }
}
