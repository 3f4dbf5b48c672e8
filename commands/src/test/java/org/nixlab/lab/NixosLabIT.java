package org.nixlab.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Detail;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.Host;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.Phase;
import org.nixlab.model.Origin;
import org.nixlab.model.Selector;
import org.nixlab.nix.NetworkPart;
import org.nixlab.nix.nixos.SampleTree;
import org.nixlab.talk.CopyProgress;
import org.nixlab.talk.ExecRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The whole way of a NixOS machine, from a real Nix to a real QEMU; its system alone is Debian's. */
@Timeout(600)
final class NixosLabIT {
    @TempDir
    private Path directory;

    private final List<String> told = new ArrayList<>();

    @Test
    void aMachineThatNixBuiltRunsLikeAnyOther() throws IOException {
        var script = debianScript();
        var tree = SampleTree.modern(directory);
        var environment = new TreeMap<>(tree.environment());
        environment.put("QEMU_KERNEL_PARAMS", "test.word=1");
        // Nixlab's own goes before it.
        environment.put("NIX_DISK_IMAGE", "/nowhere/disk");
        var labs = new LocalLabs(new Host(directory, environment));
        write(script, "web");
        try (var lab = load(labs, tree)) {
            try {
                run(lab);
                assertThat(told).anyMatch(line -> line.matches("nix: \\d+ of \\d+ built, building nixos-vm"));
                assertThat(succeed(lab, "hostname")).isEqualTo("web\n");
                assertThat(directory.resolve("result/bin/run-vms")).isExecutable();
                assertThat(directory.resolve("result/bin/run-web-vm").toRealPath())
                        .startsWith(Path.of(tree.environment().get("NIX_STORE_DIR")));
                assertThat(directory.resolve(".nixlab/network/nix/web")).isSymbolicLink();
                // What the script keeps beside the disk, it keeps in the machine's own directory.
                assertThat(directory.resolve(".nixlab/network/machines/web/scratch/xchg"))
                        .isDirectory();
                assertThat(succeed(lab, "cat /proc/cmdline")).contains(" test.word=1");
                assertThat(directory.resolve(".nixlab/network/machines/web/disk.qcow2"))
                        .exists();

                var file = Files.writeString(directory.resolve("a.txt"), "some text\n");
                lab.machine("web").copyIn(file, "/root/b.txt", CopyProgress.NONE, TestLab.minutes(1));
                assertThat(succeed(lab, "cat /root/b.txt")).isEqualTo("some text\n");

                try (var again = labs.open(directory, Optional.empty(), Progress.NONE, TestLab.minutes(1))) {
                    assertThat(again.status(Selector.ALL, TestLab.minutes(1)))
                            .extracting(status -> status.phase())
                            .containsExactly(Phase.READY);
                }
            } finally {
                lab.kill(Selector.ALL, TestLab.minutes(1));
            }
        }
        var scratch = directory.resolve(".nixlab/network/machines/web/scratch");
        assertThat(scratch.resolve("last-words")).hasContent("bye");
        long helper = Long.parseLong(Files.readString(scratch.resolve("helper")).strip());
        ProcessHandle.of(helper).ifPresent(process -> process.onExit().join());
    }

    @Test
    void aMachineThatRunsIsSwitchedToWhatChanged() throws IOException {
        var script = debianScript();
        var tree = SampleTree.modern(directory);
        var labs = new LocalLabs(new Host(directory, tree.environment()));
        write(script, "web");
        try (var lab = load(labs, tree)) {
            try {
                run(lab);
                var boot = succeed(lab, "cat /proc/sys/kernel/random/boot_id");
                write(script, "web", "users.motd = \"second\";");

                assertThat(lab.reload(Progress.NONE, TestLab.minutes(2))).containsExactly("web changed");
                assertThat(lab.isStale()).isTrue();
                // A guest of NixOS sees the store of the host.
                assertThatThrownBy(() -> lab.apply(new Listening(), TestLab.minutes(2)))
                        .hasMessage("web does not see the new configuration: it has a Nix store of its own");
                showSystem(lab);
                lab.apply(new Listening(), TestLab.minutes(2));

                assertThat(told).contains("web: switching").noneMatch(line -> line.contains("kernel"));
                assertThat(succeed(lab, "cat /etc/motd")).isEqualTo("test second\n");
                assertThat(succeed(lab, "cat /proc/sys/kernel/random/boot_id")).isEqualTo(boot);
                assertThat(lab.isStale()).isFalse();

                succeed(lab, "ln -sfn " + system(lab) + " /run/booted-system");
                write(script, "web", "users.motd = \"third\"; virtualisation.kernel = \"/nowhere/newer\";");
                lab.reload(Progress.NONE, TestLab.minutes(2));
                lab.build(Selector.ALL, new Lab.BuildRequest(false, false), Progress.NONE, TestLab.minutes(2));
                showSystem(lab);
                lab.apply(new Listening(), TestLab.minutes(2));
                assertThat(told).contains("web goes on with the kernel it booted; 'restart web' takes the new one");
                assertThat(succeed(lab, "cat /etc/motd")).isEqualTo("test third\n");

                write(script, "web", "users.motd = \"broken\";");
                lab.reload(Progress.NONE, TestLab.minutes(2));
                lab.build(Selector.ALL, new Lab.BuildRequest(false, false), Progress.NONE, TestLab.minutes(2));
                showSystem(lab);
                assertThatThrownBy(() -> lab.apply(new Listening(), TestLab.minutes(2)))
                        .hasMessage("web has the new configuration, but some units failed");

                write(script, "web", "virtualisation.memorySize = 500;");
                assertThat(lab.reload(Progress.NONE, TestLab.minutes(2)))
                        .containsExactly("web changed: memory 384 MiB -> 500 MiB");
                told.clear();
                lab.apply(new Listening(), TestLab.minutes(2));
                assertThat(told)
                        .containsExactly("web runs an older configuration; 'restart web' takes the new one"
                                + " (its hardware changes)");
            } finally {
                lab.kill(Selector.ALL, TestLab.minutes(1));
            }
        }
    }

    private static void showSystem(Lab lab) {
        var system = system(lab);
        succeed(lab, "mkdir -p " + system.getParent());
        lab.machine("web").copyIn(system, system.toString(), CopyProgress.NONE, TestLab.minutes(1));
    }

    private static Path system(Lab lab) {
        return ((Origin.Nixos) lab.machine("web").declared().origin()).kernel().getParent();
    }

    @Test
    void aFileThatIsNoNetworkLeavesNoLab() {
        var tree = SampleTree.modern(directory);
        var labs = new LocalLabs(new Host(directory, tree.environment()));

        assertThatThrownBy(() -> load(labs, tree))
                .isInstanceOfSatisfying(
                        LabException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
        assertThat(directory.resolve(".nixlab")).doesNotExist();
    }

    private String debianScript() throws IOException {
        var home = Files.createDirectory(directory.resolve("debian"));
        try (var debian = new TestLab(home, "{ web = { }; }")) {
            var result = debian.lab()
                    .build(Selector.ALL, new Lab.BuildRequest(false, false), Progress.NONE, TestLab.minutes(20));
            return result.resolve("bin/run-web-vm").toRealPath().toString();
        }
    }

    private void write(String script, String name, String... more) throws IOException {
        Files.writeString(
                directory.resolve("network.nix"),
                "{ " + name + " = { virtualisation.script = \"" + script + "\"; " + String.join(" ", more) + " }; }\n");
    }

    private Lab load(LocalLabs labs, SampleTree tree) {
        return labs.load(
                new LoadRequest(
                        directory.resolve("network.nix"),
                        Optional.empty(),
                        Optional.empty(),
                        GuestSystem.NIXOS,
                        Optional.empty(),
                        NixOptions.NONE.withNixpkgs(tree.path().toString()),
                        NetworkPart.ALL,
                        Detail.SCREEN),
                Progress.NONE,
                TestLab.minutes(1));
    }

    private void run(Lab lab) {
        lab.run(Selector.ALL, new Lab.RunRequest(false, true), new Listening(), TestLab.minutes(10));
    }

    private static String succeed(Lab lab, String command) {
        var result = lab.machine("web").execute(ExecRequest.of(command), TestLab.minutes(1));
        assertThat(result.exitCode()).as(result.getErr()).isZero();
        return result.getOut();
    }

    private final class Listening implements Progress {
        @Override
        public void machine(String machine, Phase phase, String detail) {
            note(machine + ": " + phase);
        }

        @Override
        public void step(String what, String detail, double fraction) {
            note(what + ": " + detail);
        }

        @Override
        public synchronized void note(String line) {
            told.add(line);
        }
    }
}
