package org.nixlab.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Knows which directories of the host are not on a disk but what the kernel says. Used by one thread. */
final class KernelFiles {
    private static final Set<String> TYPES = Set.of(
            "proc",
            "sysfs",
            "cgroup",
            "cgroup2",
            "debugfs",
            "tracefs",
            "securityfs",
            "configfs",
            "pstore",
            "bpf",
            "efivarfs",
            "binfmt_misc",
            "selinuxfs",
            "fusectl");

    private final Map<Object, Boolean> known = new HashMap<>(); // by device

    boolean has(Path path) throws IOException {
        var device = Files.getAttribute(path, "unix:dev", LinkOption.NOFOLLOW_LINKS);
        var answer = known.get(device);
        if (answer == null) {
            answer = isKernels(path);
            known.put(device, answer);
        }
        return answer;
    }

    // A file system that is mounted in a way Java does not understand is none of the kernel's.
    private static boolean isKernels(Path path) {
        try {
            return TYPES.contains(Files.getFileStore(path).type());
        } catch (IOException e) {
            return false;
        }
    }
}
