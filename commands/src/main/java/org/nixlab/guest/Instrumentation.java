package org.nixlab.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The files that give a machine its channels: units, udev rules and programs. Whoever builds a machine puts them into
 * its system as they are.
 */
public final class Instrumentation {
    /** The directory of the programs in a Debian machine. */
    public static final String DIRECTORY = "/usr/lib/nixlab";

    private static final int PROGRAM = 0755;
    private static final int TEXT = 0644;
    private static final String UNITS = "/usr/lib/systemd/system/";

    private Instrumentation() {}

    /**
     * A file of the guest, owned by root.
     *
     * @param path absolute path in the guest
     * @param mode permission bits
     */
    public record GuestFile(String path, int mode, byte[] content) {}

    /** A symbolic link of the guest. */
    public record GuestLink(String path, String target) {}

    /** Returns the files, of every kind of guest. */
    public static List<GuestFile> files() {
        return List.of(
                file("slot", DIRECTORY + "/slot", PROGRAM),
                file("worker", DIRECTORY + "/worker", TEXT),
                file("streams", DIRECTORY + "/streams", PROGRAM),
                file("backdoor", DIRECTORY + "/backdoor", PROGRAM),
                file("backdoor.service", UNITS + "backdoor.service", TEXT),
                file("nixlab.slice", UNITS + "nixlab.slice", TEXT),
                file("nixlab-slot@.service", UNITS + "nixlab-slot@.service", TEXT),
                file("later.conf", UNITS + "nixlab-slot@nixlab.1.service.d/later.conf", TEXT),
                file("60-nixlab-ports.rules", "/usr/lib/udev/rules.d/60-nixlab-ports.rules", TEXT));
    }

    /**
     * Returns the links that start the backdoor and the first slot with {@code sysinit.target}, early and without waiting
     * for udev, and the second slot after the boot. The links in {@code /dev/virtio-ports} must be there when systemd
     * starts.
     */
    public static List<GuestLink> links() {
        return List.of(
                wanted("sysinit.target", "backdoor.service", "backdoor.service"),
                wanted("sysinit.target", "nixlab-slot@nixlab.0.service", "nixlab-slot@.service"),
                wanted("multi-user.target", "nixlab-slot@nixlab.1.service", "nixlab-slot@.service"));
    }

    /** Returns the names of all units among the files, as they are called when they run. */
    public static List<String> units() {
        return List.of("backdoor.service", "nixlab-slot@nixlab.0.service", "nixlab-slot@nixlab.1.service");
    }

    private static GuestLink wanted(String target, String name, String unit) {
        return new GuestLink(UNITS + target + ".wants/" + name, "../" + unit);
    }

    private static GuestFile file(String resource, String path, int mode) {
        try (var stream = Instrumentation.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("resource " + resource + " is missing");
            }
            return new GuestFile(path, mode, stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
