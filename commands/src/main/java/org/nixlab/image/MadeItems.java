package org.nixlab.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.image.cache.BuildProgress;
import org.nixlab.image.cache.ImageCache;
import org.nixlab.image.cache.Layer;
import org.nixlab.image.layer.BaseLayer;
import org.nixlab.image.layer.MadeLayer;
import org.nixlab.image.layer.PackageLayer;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.StoreItem;

import static java.util.Objects.requireNonNull;

/** Has what scripts make of other items made, and puts it in the scripts' place. For one build of one machine. */
final class MadeItems {
    private final ImageCache cache;
    private final PackageLayer packages;
    private final BuildProgress progress;
    private final GuestArchitecture architecture;
    private final Layer base;
    private final String machine;
    private final Map<String, List<StoreItem>> made = new LinkedHashMap<>();
    private final List<String> layers = new ArrayList<>();

    MadeItems(
            ImageCache cache,
            PackageLayer packages,
            BuildProgress progress,
            GuestArchitecture architecture,
            Layer base,
            String machine) {
        this.cache = requireNonNull(cache, "cache");
        this.packages = requireNonNull(packages, "packages");
        this.progress = requireNonNull(progress, "progress");
        this.architecture = requireNonNull(architecture, "architecture");
        this.base = requireNonNull(base, "base");
        this.machine = requireNonNull(machine, "machine");
    }

    /**
     * Returns the items with nothing left to be made, each once, after those it mentions.
     *
     * @throws LabException (build) if a script fails
     */
    List<StoreItem> of(List<StoreItem> items, Deadline deadline) {
        var all = new LinkedHashMap<String, StoreItem>();
        for (var item : items) {
            var whole = item instanceof StoreItem.Built built ? made(built, deadline) : List.of(item);
            whole.forEach(each -> all.putIfAbsent(each.path(), each));
        }
        return List.copyOf(all.values());
    }

    /** Returns the ids of all layers that were made. */
    List<String> layers() {
        return List.copyOf(layers);
    }

    /** Returns the Debian packages of items, without those that every machine has. */
    static TreeSet<String> packages(Collection<String> named, List<StoreItem> items) {
        var all = new TreeSet<>(named);
        for (var item : items) {
            if (item instanceof StoreItem.PackagePrefix prefix) {
                all.addAll(prefix.packages());
            }
        }
        all.removeAll(BaseLayer.packages());
        return all;
    }

    private List<StoreItem> made(StoreItem.Built built, Deadline deadline) {
        var known = made.get(built.path());
        var whole = known == null ? make(built, deadline) : known;
        made.put(built.path(), whole);
        return whole;
    }

    private List<StoreItem> make(StoreItem.Built built, Deadline deadline) {
        var needs = of(built.needs(), deadline);
        // Of a package that nothing names nobody asks which files it has.
        var linked = packages(List.of(), needs);
        var known = linked.isEmpty()
                ? base
                : cache.get(packages.recipe(architecture, base, linked, built.name()), progress, deadline);
        var names = packages(built.packages(), needs);
        var recipe = new MadeLayer(packages).recipe(built, architecture, base, known, names, needs, machine);
        var layer = cache.get(recipe, progress, deadline);
        layers.add(layer.id());
        var result = layer.file(MadeLayer.RESULT);
        var whole = new ArrayList<>(mentioned(result, needs));
        whole.add(new StoreItem.Copy(built.path(), result));
        return whole;
    }

    /** Returns what is mentioned by what a script made, and by what that mentions in turn. */
    private static List<StoreItem> mentioned(Path result, List<StoreItem> needs) {
        var texts = new ArrayList<>(texts(result));
        var mentioned = new ArrayList<StoreItem>();
        // Each stands behind those it mentions.
        for (int i = needs.size() - 1; i >= 0; i--) {
            var item = needs.get(i);
            if (texts.stream().anyMatch(text -> text.contains(item.path()))) {
                mentioned.add(item);
                texts.addAll(item instanceof StoreItem.Copy copy ? texts(copy.source()) : Set.of(item.toString()));
            }
        }
        Collections.reverse(mentioned);
        return mentioned;
    }

    private static Collection<String> texts(Path root) {
        try (var files = Files.walk(root)) {
            var texts = new ArrayList<String>();
            for (var file : files.toList()) {
                if (Files.isSymbolicLink(file)) {
                    texts.add(Files.readSymbolicLink(file).toString());
                } else if (Files.isRegularFile(file)) {
                    texts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
