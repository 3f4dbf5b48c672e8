package org.nixlab.machine.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.nixlab.guest.Instrumentation;
import org.nixlab.model.Machine;
import org.nixlab.model.Origin;

import static java.util.Objects.requireNonNull;

/**
 * The programs in a machine that serve its channels.
 *
 * @param directory where they are
 * @param canChecksum whether there is a fast checksum among them, without which copies go through a slot
 */
public record GuestPrograms(String directory, boolean canChecksum) {
    private static final GuestPrograms DEBIAN = new GuestPrograms(Instrumentation.DIRECTORY, true);

    public GuestPrograms {
        requireNonNull(directory, "directory");
    }

    public static GuestPrograms of(Machine machine) {
        return machine.origin() instanceof Origin.Nixos nixos
                ? new GuestPrograms(nixos.programs(), nixos.canChecksum())
                : DEBIAN;
    }

    /** Writes it down for whoever talks to the machine without knowing what it was declared to be. */
    void save(Path file) throws IOException {
        Files.writeString(file, directory + "\n" + canChecksum + "\n");
    }

    public static GuestPrograms load(VmDirectory directory) {
        return load(directory.runningPrograms())
                .or(() -> load(directory.programs()))
                .orElse(DEBIAN);
    }

    private static Optional<GuestPrograms> load(Path file) {
        try {
            var lines = Files.readAllLines(file);
            return lines.size() == 2 && lines.get(0).startsWith("/")
                    ? Optional.of(new GuestPrograms(lines.get(0), Boolean.parseBoolean(lines.get(1))))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
