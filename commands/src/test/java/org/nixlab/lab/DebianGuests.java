package org.nixlab.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.nixlab.lab.system.Progress;
import org.nixlab.model.Selector;
import org.nixlab.nix.nixos.ReleaseStore;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

/** Debian machines taken apart: what a start script that is not nixlab's needs to boot one. */
final class DebianGuests {
    private static final Pattern DRIVE = Pattern.compile("(if=none,id=nixlab-|virtio-blk-pci,drive=nixlab-).*");

    private final Path directory;
    private final Path result;

    /**
     * @param directory where they are built; each gets a kernel that can mount directories of the host
     * @param names of the machines, which join VLAN 1 in this order
     */
    DebianGuests(Path directory, List<String> names) throws IOException {
        this.directory = Files.createDirectories(directory);
        var network = new StringBuilder("{\n");
        for (var name : names) {
            network.append(name)
                    .append(
                            ".virtualisation.sharedDirectories.unused = { source = \"/tmp\"; target = \"/unused\"; };\n");
        }
        try (var lab = new TestLab(directory, network.append("}\n").toString())) {
            result = lab.lab()
                    .build(Selector.ALL, new Lab.BuildRequest(true, false), Progress.NONE, TestLab.minutes(20))
                    .toRealPath();
        }
        Files.writeString(directory.resolve("qemu-system-x86_64"), "#!/bin/sh\nprintf '%s\\n' \"$@\" > $WORDS\n");
        Files.setPosixFilePermissions(
                directory.resolve("qemu-system-x86_64"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /**
     * One of them.
     *
     * @param drives words for QEMU
     */
    record Guest(ReleaseStore.System system, List<String> drives) {}

    /**
     * Returns what a machine's own start script would have started.
     *
     * @param disk the machine's own disk, made if it is not there
     */
    Guest guest(String name, Path disk) throws IOException {
        var words = words(name, disk);
        var drives = new ArrayList<String>();
        for (int i = 1; i < words.size(); i++) {
            if (DRIVE.matcher(words.get(i)).matches()) {
                drives.add(words.get(i - 1));
                drives.add(words.get(i));
            }
        }
        var parameters = after(words, "-append").replaceAll("nixlab\\.share=\\S+", "");
        return new Guest(
                new ReleaseStore.System(
                        Path.of(after(words, "-kernel")), Path.of(after(words, "-initrd")), parameters.strip()),
                drives);
    }

    private List<String> words(String name, Path disk) throws IOException {
        var recorded = directory.resolve(name + ".words");
        var command = HostCommand.of(result.resolve("bin/run-" + name + "-vm").toString());
        for (var variable : variables(recorded, disk).entrySet()) {
            command = command.environment(variable.getKey(), variable.getValue());
        }
        var ran = HostProcess.run(command, TestLab.minutes(1));
        if (!ran.succeeded()) {
            throw new AssertionError(command + ": " + ran.err());
        }
        return Files.readAllLines(recorded);
    }

    private Map<String, String> variables(Path recorded, Path disk) {
        return new TreeMap<>(Map.of(
                "PATH",
                directory + ":" + System.getenv("PATH"),
                "WORDS",
                recorded.toString(),
                "NIXLAB_ACCEL",
                "tcg",
                "NIX_DISK_IMAGE",
                disk.toString()));
    }

    private static String after(List<String> words, String word) {
        return words.get(words.indexOf(word) + 1);
    }
}
