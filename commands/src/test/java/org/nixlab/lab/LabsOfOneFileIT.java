package org.nixlab.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Detail;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.Host;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.lab.system.Progress;
import org.nixlab.nix.NetworkPart;
import org.nixlab.nix.nixos.SampleTree;

import static org.assertj.core.api.Assertions.assertThat;

/** Two labs of one network file that say different things to Nix. */
final class LabsOfOneFileIT {
    @TempDir
    private Path directory;

    @Test
    void eachComesBackWithItsOwnMachines() throws IOException {
        var tree = SampleTree.modern(directory);
        var labs = new LocalLabs(new Host(directory, tree.environment()));
        Files.writeString(directory.resolve("network.nix"), "{ name, ... }: { ${name} = { }; }");
        for (var name : new String[] {"one", "two"}) {
            labs.load(
                            new LoadRequest(
                                    directory.resolve("network.nix"),
                                    Optional.empty(),
                                    Optional.of(name),
                                    GuestSystem.NIXOS,
                                    Optional.empty(),
                                    NixOptions.NONE
                                            .withNixpkgs(tree.path().toString())
                                            .withString("name", name),
                                    NetworkPart.ALL,
                                    Detail.SCREEN),
                            Progress.NONE,
                            TestLab.minutes(1))
                    .close();
        }

        for (var name : new String[] {"one", "two"}) {
            try (var lab = labs.open(directory, Optional.of(name), Progress.NONE, TestLab.minutes(1))) {
                assertThat(lab.network().names()).containsExactly(name);
            }
        }
    }
}
