package org.nixlab.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Detail;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.Host;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.lab.system.Progress;
import org.nixlab.model.Selector;
import org.nixlab.nix.NetworkPart;
import org.nixlab.nix.nixos.SampleTree;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

import static org.assertj.core.api.Assertions.assertThat;

/** The link {@code result} keeps what its machines need from Nix's collection of garbage, as that of nix-build does. */
final class NixosResultIT {
    @TempDir
    private Path directory;

    private SampleTree tree;
    private Path link;

    @BeforeEach
    void prepare() throws IOException {
        tree = SampleTree.modern(directory);
        link = Files.createDirectory(directory.resolve("work")).resolve("result");
    }

    @Test
    void asLongAsItIsThere() throws IOException {
        build("{ web = { }; db = { }; }", true);
        var script = link.resolve("bin/run-web-vm").toRealPath();
        var other = link.resolve("bin/run-db-vm").toRealPath();
        forgetLab();

        collect();
        assertThat(script).isExecutable();
        assertThat(other).isExecutable();
        assertThat(link.resolve("bin/nixos-run-vms").toRealPath())
                .isEqualTo(link.resolve("bin/run-vms").toRealPath());

        Files.delete(link);
        collect();
        assertThat(script).doesNotExist();
        assertThat(other).doesNotExist();
    }

    @Test
    void andOnlyWhatItLeadsTo() throws IOException {
        build("{ web = { virtualisation.kernel = \"/one\"; }; }", true);
        var earlier = link.resolve("bin/run-web-vm").toRealPath();
        build("{ web = { virtualisation.kernel = \"/two\"; }; }", true);
        var later = link.resolve("bin/run-web-vm").toRealPath();
        forgetLab();

        collect();

        assertThat(earlier).doesNotExist();
        assertThat(later).isExecutable();
    }

    @Test
    void withoutItTheLabKeepsThem() throws IOException {
        var script = build("{ web = { }; }", false).resolve("bin/run-web-vm").toRealPath();

        collect();
        assertThat(script).isExecutable();

        forgetLab();
        collect();
        assertThat(script).doesNotExist();
        assertThat(link).doesNotExist();
    }

    private Path build(String network, boolean outLink) throws IOException {
        Files.writeString(directory.resolve("network.nix"), network);
        var environment = tree.environment();
        environment.put("NIXLAB_CACHE", directory.resolve("cache").toString());
        var labs = new LocalLabs(new Host(link.getParent(), environment));
        var request = new LoadRequest(
                directory.resolve("network.nix"),
                Optional.empty(),
                Optional.empty(),
                GuestSystem.NIXOS,
                Optional.empty(),
                NixOptions.NONE.withNixpkgs(tree.path().toString()),
                NetworkPart.ALL,
                Detail.SCREEN);
        try (var lab = labs.load(request, Progress.NONE, TestLab.minutes(1))) {
            return lab.build(Selector.ALL, new Lab.BuildRequest(outLink), Progress.NONE, TestLab.minutes(1));
        }
    }

    private void forgetLab() throws IOException {
        try (var files = Files.walk(directory.resolve(".nixlab"))) {
            for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    private void collect() {
        var command = HostCommand.of("nix-store", "--gc");
        for (var variable : tree.environment().entrySet()) {
            command = command.environment(variable.getKey(), variable.getValue());
        }
        var result = HostProcess.run(command, TestLab.minutes(1));
        assertThat(result.exitCode()).as(result.err()).isZero();
    }
}
