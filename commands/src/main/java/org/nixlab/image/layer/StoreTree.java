package org.nixlab.image.layer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.nixlab.base.LabException;
import org.nixlab.model.StoreItem;

/** What stands at the paths {@code /nix/store/...} of a machine, down to single files and links. */
final class StoreTree {
    private static final List<String> PROGRAMS = List.of("/usr/bin/", "/usr/sbin/", "/bin/", "/sbin/", "/usr/games/");

    private static final int READABLE = 0444;
    private static final int EXECUTABLE = 0111;

    private final String place;
    private final DebianState state;
    private final Map<String, SortedMap<String, Node>> trees = new HashMap<>();
    private final Map<String, StoreItem> items = new HashMap<>();

    /** A file, link or directory. */
    sealed interface Node {
        record Text(String text, boolean executable) implements Node {}

        record Copy(Path source, boolean executable) implements Node {}

        record Link(String target) implements Node {}

        record Directory() implements Node {}
    }

    /** @param place named in failures */
    StoreTree(String place, DebianState state, List<StoreItem> all) {
        this.place = place;
        this.state = state;
        all.forEach(item -> items.put(item.path(), item));
    }

    /** Returns everything by absolute path, directories before what they hold. */
    SortedMap<String, Node> nodes() throws IOException {
        var nodes = new TreeMap<String, Node>();
        for (var item : items.values()) {
            tree(item.path())
                    .forEach((relative, node) ->
                            nodes.put(relative.isEmpty() ? item.path() : item.path() + "/" + relative, node));
        }
        return nodes;
    }

    /** Writes everything. */
    void write(LayerWriter writer) throws IOException {
        for (var node : nodes().entrySet()) {
            put(writer, node.getKey().substring(1), node.getValue(), READABLE, 0, 0);
        }
    }

    /** @param mode of a file that is not executable */
    static void put(LayerWriter writer, String path, Node node, int mode, long uid, long gid) throws IOException {
        if (node instanceof Node.Text text) {
            writer.file(path, text.executable() ? mode | EXECUTABLE : mode, uid, gid, text.text());
        } else if (node instanceof Node.Copy copy) {
            int whole = copy.executable() ? mode | EXECUTABLE : mode;
            writer.file(path, whole, uid, gid, Files.readAllBytes(copy.source()));
        } else if (node instanceof Node.Link link) {
            writer.link(path, link.target());
        } else {
            writer.directory(path, 0755, uid, gid);
        }
    }

    /** Returns an item's tree by relative path; the item itself is at the empty one. */
    private SortedMap<String, Node> tree(String path) throws IOException {
        var known = trees.get(path);
        if (known == null) {
            known = make(items.get(path), path);
            trees.put(path, known);
        }
        return known;
    }

    private SortedMap<String, Node> make(StoreItem item, String path) throws IOException {
        var tree = new TreeMap<String, Node>();
        if (item instanceof StoreItem.Copy copy) {
            copy(copy.source(), tree);
        } else if (item instanceof StoreItem.Script script) {
            tree.put("", new Node.Text(script.text(), true));
        } else if (item instanceof StoreItem.ScriptPackage script) {
            tree.put("bin/" + script.name(), new Node.Text(script.text(), true));
        } else if (item instanceof StoreItem.Links links) {
            links.links().forEach((name, target) -> tree.put(name, new Node.Link(target)));
        } else if (item instanceof StoreItem.PackagePrefix prefix) {
            prefix(prefix, tree);
        } else if (item instanceof StoreItem.Join join) {
            join(join, tree);
        } else {
            throw LabException.build("nothing is known to stand at " + path, place, "");
        }
        tree.putIfAbsent("", new Node.Directory());
        return tree;
    }

    private static void copy(Path source, SortedMap<String, Node> tree) throws IOException {
        try (var files = Files.walk(source)) {
            for (var file : files.toList()) {
                tree.put(source.relativize(file).toString(), node(file));
            }
        }
    }

    static Node node(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return new Node.Link(Files.readSymbolicLink(file).toString());
        }
        if (Files.isDirectory(file)) {
            return new Node.Directory();
        }
        var permissions = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        return new Node.Copy(file, permissions.contains(PosixFilePermission.OWNER_EXECUTE));
    }

    private void prefix(StoreItem.PackagePrefix prefix, SortedMap<String, Node> tree) throws IOException {
        for (var name : prefix.packages()) {
            var files = state.filesOf(name)
                    .orElseThrow(() -> LabException.build("package " + name + " was not installed", place, ""));
            var known = new HashSet<>(files);
            files.forEach(file -> link(file, prefix.binDirectories(), tree));
            for (var alternative : state.alternatives()) {
                if (alternative.choices().stream().anyMatch(known::contains)) {
                    link(alternative.link(), prefix.binDirectories(), tree);
                }
            }
        }
    }

    /** Programs become links one by one, wherever Debian has them; of everything else the topmost own directory. */
    private void link(String file, List<String> binDirectories, SortedMap<String, Node> tree) {
        for (var directory : PROGRAMS) {
            if (isIn(file, directory)) {
                tree.put("bin/" + file.substring(directory.length()), new Node.Link(file));
                return;
            }
        }
        for (var directory : binDirectories) {
            if (isIn(file, directory + "/")) {
                tree.put("bin/" + file.substring(directory.length() + 1), new Node.Link(file));
            }
        }
        var relative = file.startsWith("/usr/") ? file.substring(5) : file.substring(1);
        var parts = relative.split("/");
        if (parts.length >= 2
                && List.of("lib", "share", "libexec", "include", "etc").contains(parts[0])) {
            var name = parts[0] + "/" + parts[1];
            tree.put(name, new Node.Link((file.startsWith("/usr/") ? "/usr/" : "/") + name));
        }
        // What nixpkgs has in libexec/NAME, Debian mostly has in lib/NAME.
        if (parts.length >= 3 && file.startsWith("/usr/lib/") && !parts[1].contains("-linux-")) {
            tree.putIfAbsent("libexec/" + parts[1], new Node.Link("/usr/lib/" + parts[1]));
        }
    }

    private static boolean isIn(String file, String directory) {
        return file.startsWith(directory)
                && file.length() > directory.length()
                && file.indexOf('/', directory.length()) < 0;
    }

    private void join(StoreItem.Join join, SortedMap<String, Node> tree) throws IOException {
        for (var path : join.paths()) {
            if (!items.containsKey(path)) {
                throw LabException.build("nothing is known to stand at " + path, place, "");
            }
            tree(path).forEach((relative, node) -> {
                if (!(node instanceof Node.Directory) && !relative.isEmpty()) {
                    tree.putIfAbsent(relative, new Node.Link(path + "/" + relative));
                }
            });
        }
        // The same directory may be a link in one path and be filled by another: the filled one wins.
        tree.keySet().removeIf(name -> !tree.subMap(name + "/", name + "0").isEmpty());
    }
}
