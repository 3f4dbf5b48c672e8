package org.nixlab.guest.copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

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

    /** Who reads them waits for what comes next, or reads without end. */
    private static final Pattern ENDLESS = Pattern.compile("kmsg|trace_pipe.*|kpage.*|kcore");

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

    /** Returns whether a file of the kernel's is one that cannot be read to its end, by its name. */
    static boolean isEndless(Path file) {
        return ENDLESS.matcher(file.getFileName().toString()).matches();
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
