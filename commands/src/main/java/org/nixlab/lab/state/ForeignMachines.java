package org.nixlab.lab.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.nixlab.base.LabException;
import org.nixlab.machine.host.PrivateDirectory;
import org.nixlab.machine.qemu.VmEnd;
import org.nixlab.machine.start.ScriptText;
import org.nixlab.model.Machine;
import org.nixlab.model.Network;

import static java.util.Objects.requireNonNull;

/** The machines of a lab that somebody else built, kept in its state. */
public final class ForeignMachines {
    /** As in {@code machine-names.nix}. */
    private static final Set<String> TAKEN =
            Set.of("all", "lab", "machines", "localhost", "print", "println", "printf", "sleep", "subtest");

    /** A name, VLANs, a script. */
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9-]+)\t((?:\\d{1,3},?)*)\t(/[^\0]*)");

    private final LabDirectory directory;
    private final KeptFile<Map<String, Added>> kept;
    private volatile Joined last;

    public ForeignMachines(LabDirectory directory) {
        this.directory = requireNonNull(directory, "directory");
        this.kept = new KeptFile<>(file(), this::read);
    }

    /** Returns a network with them; one whose name the network file has taken since is not among them. */
    public Network joinedTo(Network network) {
        var added = kept.get();
        var known = last;
        if (known != null && known.declared() == network && known.added() == added) {
            return known.network();
        }
        var joined = network.with(machines(added, network));
        last = new Joined(network, added, joined);
        return joined;
    }

    private static List<Machine> machines(Map<String, Added> added, Network network) {
        var machines = new ArrayList<Machine>();
        int index = network.machines().size();
        for (var entry : added.entrySet()) {
            if (network.machine(entry.getKey()).isEmpty()) {
                index++;
                machines.add(Machine.foreign(
                        entry.getKey(),
                        index,
                        entry.getValue().vlans(),
                        entry.getValue().script()));
            }
        }
        return machines;
    }

    void add(String name, Path script, Network network) {
        check(name, network);
        if (!Files.isRegularFile(script) || !Files.isExecutable(script)) {
            throw LabException.input(
                    "'" + script + "' is no program", "", "a start script is wanted, such as result/bin/run-web-vm");
        }
        keep(name, script);
    }

    /** As one with a script, which is made of a line for a shell and stands with the machine's other things. */
    void add(String name, String command, Network network) {
        check(name, network);
        var script = directory.makeMachine(name).resolve("start");
        try {
            Files.writeString(script, "#!/bin/sh\nexec " + command + " \"$@\"\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keep(name, script);
    }

    private static void check(String name, Network network) {
        if (!name.matches("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
                || TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
            throw LabException.input(
                    "'" + name + "' cannot be the name of a machine", "", "use letters, digits, hyphens");
        }
        if (network.names().stream().anyMatch(name::equalsIgnoreCase)) {
            throw LabException.input("there is a machine '" + name + "' already", "", "take another name");
        }
    }

    private void keep(String name, Path script) {
        var machines = read();
        machines.put(name, new Added(vlans(script), script.toAbsolutePath().normalize()));
        write(machines);
    }

    void remove(String name) {
        var machines = read();
        if (machines.remove(name) == null) {
            throw LabException.input("'" + name + "' was not added", "", "'machine' lists those that were");
        }
        if (VmEnd.of(name, directory.machine(name)).isRunning()) {
            throw LabException.input(name + " still runs", "", "stop " + name);
        }
        write(machines);
        try {
            PrivateDirectory.delete(directory.machine(name).state());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Integer> vlans(Path script) {
        try {
            return ScriptText.of(script).vlans();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Each line is a name, the VLANs parted by commas, and the script, which may contain anything but a newline. */
    private Map<String, Added> read() {
        var machines = new TreeMap<String, Added>();
        try {
            for (var line : new String(Files.readAllBytes(file()), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                var words = LINE.matcher(line);
                if (words.matches()) {
                    var vlans = Stream.of(words.group(2).split(","))
                            .filter(vlan -> !vlan.isEmpty())
                            .map(Integer::valueOf)
                            .toList();
                    machines.put(words.group(1), new Added(vlans, Path.of(words.group(3))));
                }
            }
        } catch (NoSuchFileException e) {
            return machines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return machines;
    }

    /**
     * Moves the file out of the way if something in it cannot be read; what can be stays.
     *
     * @param news is told so
     */
    public void setAsideIfDamaged(Consumer<String> news) {
        try {
            var text = new String(Files.readAllBytes(file()), StandardCharsets.UTF_8);
            if (!text.lines().allMatch(LINE.asMatchPredicate())) {
                var sound = read();
                SetAside.file(file(), news);
                write(sound);
            }
        } catch (NoSuchFileException e) {
            // None were added.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Map<String, Added> machines) {
        var text = new StringBuilder();
        machines.forEach((name, added) -> text.append(name)
                .append('\t')
                .append(added.vlans().stream().map(String::valueOf).collect(Collectors.joining(",")))
                .append('\t')
                .append(added.script())
                .append('\n'));
        try {
            Drafts.write(file(), text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file() {
        return directory.state().resolve("foreign");
    }

    /** A network and what was added to it when it was last asked for. */
    private record Joined(Network declared, Map<String, Added> added, Network network) {}

    private record Added(List<Integer> vlans, Path script) {}
}
