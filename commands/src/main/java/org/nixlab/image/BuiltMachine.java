package org.nixlab.image;

import java.nio.file.Path;

/**
 * A machine ready to be started; it never changes.
 *
 * @param name the machine's name
 * @param id its name in the cache, a new one whenever anything about it changes
 * @param script {@code run-NAME-vm}, which starts it with QEMU
 * @param kernel what it boots, for a probe of the acceleration
 * @param probe an initial RAM disk for that kernel that powers the machine off at once
 */
public record BuiltMachine(String name, String id, Path script, Path kernel, Path probe) {}
