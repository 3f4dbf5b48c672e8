package org.nixlab.image;

import java.nio.file.Path;

/**
 * A machine ready to be started; it never changes.
 *
 * @param name the machine's name
 * @param id its name in the cache, a new one whenever anything about it changes; empty if it is not part of the cache
 * @param script {@code run-NAME-vm}, which starts it with QEMU
 * @param kernel what it boots, for a probe of the acceleration
 * @param probe an initial RAM disk for that kernel that powers the machine off at once
 * @param qemu the QEMU that runs it
 */
public record BuiltMachine(String name, String id, Path script, Path kernel, Path probe, String qemu) {
    /** The QEMU of the host. */
    public static final String QEMU = "qemu-system-x86_64";

    BuiltMachine(String name, String id, Path script, Path kernel, Path probe) {
        this(name, id, script, kernel, probe, QEMU);
    }
}
