package org.nixlab.nix.nixos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.nixlab.base.Deadline;
import org.nixlab.model.Machine;
import org.nixlab.model.Origin;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

/**
 * A Nix store in which real releases are evaluated, and in which their start scripts can be run although nothing can be
 * built: the scripts are put there as their derivations say, word for word, and what they refer to is the host's.
 */
public final class ReleaseStore {
    private static final Path OLD_QEMU = Path.of("src/test/programs/old-qemu").toAbsolutePath();

    private final Path directory;

    public ReleaseStore(Path directory) {
        this.directory = directory;
    }

    /**
     * What a machine boots in the place of NixOS.
     *
     * @param parameters words for the kernel
     */
    public record System(Path kernel, Path initrd, String parameters) {}

    public Path store() {
        return directory.resolve("store");
    }

    /** Returns the environment of a user whose Nix has this store. */
    public Map<String, String> environment() {
        var environment = new TreeMap<>(java.lang.System.getenv());
        environment.put("NIX_STORE_DIR", store().toString());
        environment.put("NIX_STATE_DIR", directory.resolve("state").toString());
        environment.put("NIX_LOG_DIR", directory.resolve("log").toString());
        environment.put("NIX_CONFIG", "build-users-group =\nsubstituters =\n");
        return environment;
    }

    /** Puts the output of an evaluated machine in its place, so that Nix finds it built. */
    public void build(Machine machine, System system) throws IOException {
        var origin = (Origin.Nixos) machine.origin();
        var vm = Derivation.read(Path.of(origin.derivation()));
        run(HostCommand.of("sh", "-e", "-c", vm.variable("buildCommand"))
                .environment("out", vm.output().toString()));
        var script = Files.readSymbolicLink(origin.script());
        var text = Derivation.all(store(), "-run-nixos-vm").stream()
                .filter(candidate -> candidate.output().equals(script))
                .findFirst()
                .orElseThrow()
                .variable("text");
        program(script, text);
        references(text).forEach((reference, item) -> provide(reference, item, system, text));
        run(HostCommand.of("nix-store", "--register-validity")
                .input((vm.output() + "\n\n0\n").getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the paths below store items that a text mentions, each with its item. */
    public Map<Path, Path> references(String text) {
        var found = new TreeMap<Path, Path>();
        Pattern.compile("(" + Pattern.quote(store().toString()) + "/[0-9a-z]{32}-[\\w.+?=-]+)((?:/[\\w.+-]+)*)")
                .matcher(text)
                .results()
                .forEach(result -> found.put(Path.of(result.group()), Path.of(result.group(1))));
        return found;
    }

    private void provide(Path reference, Path item, System system, String script) {
        try {
            var name = reference.getFileName().toString();
            if (Files.exists(reference) || reference.equals(item)) {
                return;
            }
            Files.createDirectories(reference.getParent());
            if (name.equals("qemu-kvm")) {
                qemu(reference, item, script);
            } else if (name.equals("bin")) {
                Files.createSymbolicLink(reference, Path.of("/usr/bin"));
            } else if (reference.getParent().endsWith("bin")) {
                Files.createSymbolicLink(reference, host(name));
            } else if (name.equals("kernel") || name.equals("initrd")) {
                Files.createSymbolicLink(reference, name.equals("kernel") ? system.kernel() : system.initrd());
            } else if (name.equals("kernel-params")) {
                Files.writeString(reference, system.parameters());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Some releases wrap it. */
    private void qemu(Path reference, Path item, String script) throws IOException {
        boolean wrapped = Derivation.all(store(), item.getFileName().toString().substring(32)).stream()
                .filter(candidate -> candidate.output().equals(item))
                .anyMatch(candidate -> candidate.environment().values().stream()
                        .anyMatch(value -> value.contains("-e /dev/kvm ] && echo -enable-kvm")));
        var old = script.contains("vlan=0");
        if (wrapped || old) {
            program(
                    reference,
                    "#!/bin/sh\nexec " + (old ? OLD_QEMU + " " : "") + host("qemu-system-x86_64") + " "
                            + (wrapped ? "$([ -e /dev/kvm ] && echo -enable-kvm) " : "") + "\"$@\"\n");
        } else {
            Files.createSymbolicLink(reference, host("qemu-system-x86_64"));
        }
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-xr-xr-x"));
    }

    private static Path host(String program) {
        return Stream.of((java.lang.System.getenv("PATH") + ":/usr/sbin:/sbin").split(":"))
                .map(place -> Path.of(place, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("this host has no " + program));
    }

    private void run(HostCommand command) {
        var whole = command;
        for (var variable : environment().entrySet()) {
            if (!command.environment().containsKey(variable.getKey())) {
                whole = whole.environment(variable.getKey(), variable.getValue());
            }
        }
        var result = HostProcess.run(whole, Deadline.in(Duration.ofMinutes(1)));
        if (!result.succeeded()) {
            throw new AssertionError(command + ": " + result.err());
        }
    }
}
