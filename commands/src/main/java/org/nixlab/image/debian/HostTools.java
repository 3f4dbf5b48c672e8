package org.nixlab.image.debian;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.stream.Stream;

import org.nixlab.base.LabException;
import org.nixlab.process.HostCommand;

import static java.util.Map.entry;

/** The host programs an image build needs, and the Debian packages they come from. */
public final class HostTools {
    private static final Map<String, String> PACKAGES = Map.ofEntries(
            entry("mmdebstrap", "mmdebstrap"),
            entry("arch-test", "arch-test"),
            entry("qemu-i386-static", "qemu-user-static"),
            entry("newuidmap", "uidmap"),
            entry("sqfstar", "squashfs-tools"),
            entry("qemu-img", "qemu-utils"),
            entry("qemu-system-x86_64", "qemu-system-x86"),
            entry("qemu-system-i386", "qemu-system-x86"),
            entry("mkfs.ext4", "e2fsprogs"),
            entry("depmod", "kmod"),
            entry("zstd", "zstd"),
            entry("xz", "xz-utils"));

    private final String path;

    /** @param path directories to look in, separated as in {@code PATH} */
    public HostTools(String path) {
        this.path = path + ":/usr/sbin:/sbin";
    }

    /**
     * Checks that programs are there.
     *
     * @throws LabException (host) that names all missing ones and the line that installs them
     */
    public void require(String... programs) {
        var missing = new LinkedHashSet<String>();
        var packages = new LinkedHashSet<String>();
        for (var program : programs) {
            if (!exists(program)) {
                missing.add(program);
                packages.add(PACKAGES.getOrDefault(program, program));
            }
        }
        if (!missing.isEmpty()) {
            throw LabException.host(
                    "missing on this host: " + String.join(", ", missing),
                    "",
                    "apt-get install " + String.join(" ", packages));
        }
    }

    /** Returns a command that finds administrators' programs, which an ordinary user's path seldom has. */
    public static HostCommand inSystemPath(HostCommand command) {
        return command.environment("PATH", System.getenv("PATH") + ":/usr/sbin:/sbin");
    }

    /**
     * Returns where a program is.
     *
     * @throws LabException (host) as {@link #require} does
     */
    Path find(String program) {
        require(program);
        return places(program).findFirst().orElseThrow();
    }

    private boolean exists(String program) {
        return places(program).findAny().isPresent();
    }

    private Stream<Path> places(String program) {
        return Arrays.stream(path.split(":"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable);
    }
}
