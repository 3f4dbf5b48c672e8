package org.nixlab.model;

import java.nio.file.Path;

import static java.util.Objects.requireNonNull;

/**
 * A file of a guest that its configuration owns.
 *
 * @param path absolute path in the guest
 * @param mode permission bits, for example {@code 0644}
 * @param user owner's name in the guest
 * @param group group's name in the guest
 * @param content what is there
 */
public record GuestFile(String path, int mode, String user, String group, Content content) {
    public GuestFile {
        requireNonNull(user, "user");
        requireNonNull(group, "group");
        requireNonNull(content, "content");
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("not an absolute path: " + path);
        }
    }

    /** What stands at a path. */
    public sealed interface Content permits Text, Copy, Link, Directory {}

    /** A regular file with this text in UTF-8. */
    public record Text(String text) implements Content {}

    /** A copy of a file or directory of the host. */
    public record Copy(Path source) implements Content {}

    /** A symbolic link to {@code target}, which need not exist. */
    public record Link(String target) implements Content {}

    /** A directory. */
    public record Directory() implements Content {}
}
