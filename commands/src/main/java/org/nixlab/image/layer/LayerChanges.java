package org.nixlab.image.layer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a root directory differs from what it was made of.
 *
 * @param now what stands where in the new one
 * @param changed paths whose entries are to be written
 * @param deleted the topmost paths that are gone
 */
record LayerChanges(Manifest now, Set<String> changed, SortedSet<String> deleted) {

    /**
     * Compares a root directory, as an archive, with the manifest of what it was made of. The rules are asked only about
     * what is new: what the layer below decided stands.
     */
    static LayerChanges between(Manifest below, Path tar, RootRules rules) throws IOException {
        var stamps = new TreeMap<String, Manifest.Stamp>();
        LayerTar.read(tar, (path, entry, content) -> {
            var stamp = Manifest.Stamp.of(entry);
            var before = below.at(path);
            if (before.filter(stamp::equals).isPresent() || rules.keeps(path, stamp.type())) {
                stamps.put(path, stamp);
            } else {
                before.ifPresent(old -> stamps.put(path, old));
            }
        });
        return between(below, new Manifest(stamps));
    }

    static LayerChanges between(Manifest below, Manifest now) {
        var changed = new TreeSet<String>();
        Map<String, String> linkTargets = new HashMap<>();
        now.stamps().forEach((path, stamp) -> {
            if (!stamp.equals(below.stamps().get(path))) {
                changed.add(path);
                if (stamp.type() == 'h') {
                    linkTargets.put(path, stamp.detail());
                }
            }
        });
        // A hard link needs what it links to in the same archive.
        changed.addAll(linkTargets.values());
        var deleted = new TreeSet<String>();
        for (var path : below.stamps().keySet()) {
            if (!now.stamps().containsKey(path) && !hasParentIn(path, deleted)) {
                deleted.add(path);
            }
        }
        return new LayerChanges(now, changed, deleted);
    }

    /** Parents come before their children, so the topmost deleted path is already there. */
    private static boolean hasParentIn(String path, Set<String> deleted) {
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (deleted.contains(path.substring(0, slash))) {
                return true;
            }
        }
        return false;
    }
}
