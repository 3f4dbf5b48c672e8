package org.nixlab.model;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Something that stands at a path {@code /nix/store/...} of the guest. */
public sealed interface StoreItem {
    /** Returns the path in the guest. */
    String path();

    /** A copy of a file or directory of the host. */
    record Copy(String path, Path source) implements StoreItem {}

    /**
     * A Debian package seen as a Nix package: a directory of links into the package's files. The packages are
     * installed, too.
     *
     * @param packages Debian package names
     * @param binDirectories further directories whose programs appear in its {@code bin}
     */
    record PackagePrefix(String path, List<String> packages, List<String> binDirectories) implements StoreItem {
        public PackagePrefix {
            packages = List.copyOf(packages);
            binDirectories = List.copyOf(binDirectories);
        }
    }

    /** An executable file with this text. */
    record Script(String path, String text) implements StoreItem {}

    /** A directory with the one executable {@code bin/name}. */
    record ScriptPackage(String path, String name, String text) implements StoreItem {}

    /** A directory of symbolic links, name to target. */
    record Links(String path, Map<String, String> links) implements StoreItem {
        public Links {
            links = Map.copyOf(links);
        }
    }

    /**
     * What a script makes of packages and other items: a file or directory that is only known when it was run.
     *
     * @param script for bash; what it makes is at {@code $out}, which is this item's path
     * @param environment variables that it is run with
     * @param packages Debian packages that it is run with
     * @param needs what it mentions; each item comes after those it mentions itself
     */
    record Built(
            String path, String script, Map<String, String> environment, List<String> packages, List<StoreItem> needs)
            implements StoreItem {
        public Built {
            environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
            packages = List.copyOf(packages);
            needs = List.copyOf(needs);
        }

        /** Returns its name, without the hash. */
        public String name() {
            return path.substring(path.indexOf('-') + 1);
        }
    }

    /** A directory that merges other store items by links. */
    record Join(String path, List<String> paths) implements StoreItem {
        public Join {
            paths = List.copyOf(paths);
        }
    }
}
