package org.nixlab.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.nixlab.base.Detail;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.Host;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.lab.system.Progress;
import org.nixlab.model.Selector;
import org.nixlab.nix.NetworkPart;
import org.nixlab.nix.nixos.ReleaseStore;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A lab of NixOS machines of a real release, started as nixlab starts them by the release's own scripts; the system in them
 * is Debian's. Closing it pulls the plugs.
 */
final class ReleaseLab implements AutoCloseable {
    private final Path directory;
    private final Path tree;
    private final ReleaseStore store;
    private final Map<String, String> environment;
    private final Map<String, DebianGuests.Guest> guests = new TreeMap<>();
    private Lab lab;

    /**
     * @param directory the lab's own
     * @param tree of nixpkgs
     * @param variables of the user, beside those of the tests
     */
    ReleaseLab(Path directory, Path tree, Map<String, String> variables) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.tree = tree;
        this.store = new ReleaseStore(directory.resolve("nix"));
        this.environment = new TreeMap<>(store.environment());
        environment.putAll(variables);
    }

    /** Returns a test for each tree that {@code NIXLAB_TEST_NIXPKGS} names. */
    static Stream<DynamicTest> forEachTree(ThrowingConsumer<Path> test) {
        var trees = System.getenv().getOrDefault("NIXLAB_TEST_NIXPKGS", "");
        if (trees.isEmpty()) {
            // As a test of its own it is counted as skipped, with the reason.
            return Stream.of(DynamicTest.dynamicTest(
                    "no tree", () -> assumeTrue(false, "NIXLAB_TEST_NIXPKGS names no nixpkgs tree")));
        }
        return Stream.of(trees.split(":")).map(tree -> DynamicTest.dynamicTest(tree, () -> test.accept(Path.of(tree))));
    }

    /** Evaluates a network of machines and puts their scripts in place. */
    void load(List<String> names, Function<String, String> configuration) throws IOException {
        var debian = new DebianGuests(directory.resolve("debian"), names);
        var network = new StringBuilder("{\n");
        for (var name : names) {
            var guest = debian.guest(name, directory.resolve(name + "-state.qcow2"));
            guests.put(name, guest);
            network.append(name)
                    .append(" = { virtualisation.memorySize = 512; virtualisation.qemu.options = [ \"")
                    .append(String.join(" ", guest.drives()))
                    .append("\" ]; ")
                    .append(configuration.apply(name))
                    .append(" };\n");
        }
        Files.writeString(directory.resolve("network.nix"), network.append("}\n"));
        open();
        for (var machine : lab.network().machines()) {
            store.build(machine, guests.get(machine.name()).system());
        }
    }

    /** Goes away if it is there, and comes back as another shell would. */
    void open() {
        if (lab != null) {
            lab.close();
        }
        lab = new LocalLabs(new Host(directory, environment))
                .load(
                        new LoadRequest(
                                directory.resolve("network.nix"),
                                Optional.empty(),
                                Optional.empty(),
                                GuestSystem.NIXOS,
                                Optional.empty(),
                                NixOptions.NONE.withNixpkgs(tree.toString()),
                                NetworkPart.ALL,
                                Detail.SCREEN),
                        Progress.NONE,
                        TestLab.minutes(5));
    }

    Lab lab() {
        return lab;
    }

    ReleaseStore store() {
        return store;
    }

    void run(String machines) {
        lab.run(new Selector(machines), new Lab.RunRequest(false, true), Progress.NONE, TestLab.minutes(10));
    }

    Result execute(String machine, String command) {
        return lab.machine(machine).execute(ExecRequest.of(command), TestLab.minutes(2));
    }

    String succeed(String machine, String command) {
        var result = execute(machine, command);
        assertThat(result.exitCode()).as(command + ": " + result.getErr()).isZero();
        return result.getOut();
    }

    /** Returns the words QEMU was started with in the end. */
    List<String> words(String machine) throws IOException {
        var pid = Files.readString(state(machine).resolve("process")).split(" ")[0];
        return List.of(Files.readString(Path.of("/proc", pid, "cmdline")).split("\0"));
    }

    Path state(String machine) {
        return directory.resolve(".nixlab/network/machines").resolve(machine);
    }

    /** Returns the processes of the host that have to do with this lab. */
    List<String> processes() {
        var found = new ArrayList<String>();
        ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .forEach(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(directory.toString()))
                        .ifPresent(found::add));
        return found;
    }

    @Override
    public void close() {
        if (lab != null) {
            lab.kill(Selector.ALL, TestLab.minutes(1));
            lab.close();
        }
    }
}
