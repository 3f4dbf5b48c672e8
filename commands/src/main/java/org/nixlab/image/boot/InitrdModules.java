package org.nixlab.image.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Picks the kernel modules of the initial RAM disk and brings them in the order in which they can be loaded. */
final class InitrdModules {
    static final String ORDER = "order";
    static final String DEVICES = "devices";

    private InitrdModules() {}

    /**
     * Copies modules with what they need, and writes their order and the device nodes that modules make on first use.
     *
     * @param tree directory of a kernel's modules with its {@code modules.dep}
     * @param names modules in the order wished for; those the kernel has built in are skipped
     */
    static void copy(Path tree, List<String> names, Path target) throws IOException {
        var order = new ArrayList<String>();
        for (var path : order(Files.readAllLines(tree.resolve("modules.dep")), names)) {
            var file = Path.of(path).getFileName();
            Files.copy(tree.resolve(path), target.resolve(file));
            order.add(file.toString());
        }
        Files.write(target.resolve(ORDER), order);
        Files.write(target.resolve(DEVICES), devices(Files.readAllLines(tree.resolve("modules.devname"))));
    }

    /** Returns the paths of modules, each behind what it needs. */
    static Set<String> order(List<String> dependencies, List<String> names) {
        Map<String, List<String>> needs = new HashMap<>();
        Map<String, String> paths = new HashMap<>();
        for (var line : dependencies) {
            var words = line.split(":?\\s+|:$");
            needs.put(words[0], List.of(words).subList(1, words.length));
            var file = words[0].substring(words[0].lastIndexOf('/') + 1);
            paths.put(file.replace(".ko", ""), words[0]);
        }
        var order = new LinkedHashSet<String>();
        for (var name : names) {
            if (paths.containsKey(name)) {
                var path = paths.get(name);
                var needed = new ArrayList<>(needs.get(path));
                // modules.dep(5) lists the one to be loaded first last.
                Collections.reverse(needed);
                order.addAll(needed);
                order.add(path);
            }
        }
        return order;
    }

    /** Returns lines of name, major, minor and mode for the devices that anyone may use. */
    static List<String> devices(List<String> names) {
        var open = Set.of("fuse", "net/tun");
        var lines = new ArrayList<String>();
        for (var line : names) {
            var words = line.split(" ");
            if (words.length == 3 && words[2].startsWith("c")) {
                var numbers = words[2].substring(1).split(":");
                lines.add(words[1] + " " + numbers[0] + " " + numbers[1] + " "
                        + (open.contains(words[1]) ? "666" : "600"));
            }
        }
        return lines;
    }
}
