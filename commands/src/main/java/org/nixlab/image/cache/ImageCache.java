package org.nixlab.image.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.process.Lease;

import static java.util.Objects.requireNonNull;

/**
 * Everything built, by what it was built from; shared by all machines, labs and processes of a user.
 *
 * <p>An entry is a directory that appears whole or not at all: it is made under another name and renamed. Whoever makes
 * one holds its lock, so that two processes that want the same thing wait for each other, and removes what an earlier
 * builder that was killed left behind. Safe for use by many threads and processes.
 */
public final class ImageCache {
    private final Path root;
    private final CacheOwners owners;

    /** @param root the directory of the cache; made when something is first put there */
    public ImageCache(Path root) {
        this.root = requireNonNull(root, "root").toAbsolutePath().normalize();
        this.owners = new CacheOwners(this.root.resolve("owners"));
    }

    /** Returns where the cache is by default: {@code NIXLAB_CACHE}, or {@code nixlab} in the user's cache directory. */
    public static Path defaultRoot(Map<String, String> environment) {
        var own = environment.getOrDefault("NIXLAB_CACHE", "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        var xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        var caches = xdg.isEmpty() ? Path.of(environment.getOrDefault("HOME", "/root"), ".cache") : Path.of(xdg);
        return caches.resolve("nixlab");
    }

    public Path root() {
        return root;
    }

    /** Returns everything in the cache, the most recently used first. */
    public List<CacheEntry> list() {
        var needed = needed();
        return entries().stream()
                .map(entry -> entry.describe(needed.contains(entry.id())))
                .sorted(Comparator.comparing(CacheEntry::lastUsed).reversed())
                .toList();
    }

    /**
     * Notes that entries are needed for as long as a path exists, for example a lab's state directory or a link to a
     * result; replaces what was noted for it before.
     *
     * @param ids names of entries; one that is not in the cache does no harm
     */
    public void keep(Path owner, List<String> ids) {
        owners.keep(owner, ids);
    }

    /** Removes what nobody keeps and nothing kept needs, and returns it. */
    public List<CacheEntry> prune(Deadline deadline) {
        var removed = new ArrayList<CacheEntry>();
        for (var entry : list()) {
            if (!entry.inUse()) {
                remove(entry.id(), deadline);
                removed.add(entry);
            }
        }
        return removed;
    }

    /**
     * Returns an entry, built first if it is not there.
     *
     * @throws LabException if the build fails; the cache is then as it was
     * @throws CancelledException if the thread is interrupted; likewise
     */
    public Layer get(LayerRecipe recipe, BuildProgress progress, Deadline deadline) {
        var found = find(recipe.id());
        if (found.isPresent()) {
            return found.get().touch();
        }
        try {
            return locked(recipe.id(), deadline, () -> {
                var meanwhile = find(recipe.id());
                return meanwhile.isPresent() ? meanwhile.get().touch() : build(recipe, progress, deadline);
            });
        } catch (IOException e) {
            throw BuildFailure.of(recipe.what(), e);
        }
    }

    /** Returns an entry if it is there. */
    Optional<Layer> find(String id) {
        var directory = root.resolve("layers").resolve(id);
        return Optional.of(new Layer(directory)).filter(Layer::isWhole);
    }

    private Layer build(LayerRecipe recipe, BuildProgress progress, Deadline deadline) throws IOException {
        var fresh = root.resolve("build").resolve(recipe.id());
        var target = root.resolve("layers").resolve(recipe.id());
        try (var workspace = Workspace.open(root, recipe.id())) {
            FileTrees.delete(fresh);
            Files.createDirectories(fresh);
            Files.createDirectories(target.getParent());
            recipe.builder().build(fresh, workspace, deadline);
            Layer.write(fresh, recipe);
            // What is there is damaged, else it would not be built.
            FileTrees.delete(target);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            progress.step(recipe.what(), "done", 1);
            return new Layer(target);
        } finally {
            FileTrees.delete(fresh);
        }
    }

    private void remove(String id, Deadline deadline) {
        try {
            locked(id, deadline, () -> {
                // Renamed first, so that nobody finds half of it.
                var grave = root.resolve("build").resolve(id);
                FileTrees.delete(grave);
                Files.createDirectories(grave.getParent());
                Files.move(root.resolve("layers").resolve(id), grave, StandardCopyOption.ATOMIC_MOVE);
                FileTrees.delete(grave);
                return id;
            });
        } catch (IOException e) {
            throw BuildFailure.of("removing " + id, e);
        }
    }

    /** Holds an entry against other builders, threads and processes alike. */
    private <T> T locked(String id, Deadline deadline, Lease.Action<T> action) throws IOException {
        var locks = Files.createDirectories(root.resolve("locks"));
        return Lease.holding(locks.resolve(id), "another build of " + id, deadline, action);
    }

    private List<Layer> entries() {
        var layers = root.resolve("layers");
        if (!Files.isDirectory(layers)) {
            return List.of();
        }
        try (var directories = Files.list(layers)) {
            return directories.map(Layer::new).filter(Layer::isWhole).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what somebody keeps, and what that cannot do without. */
    private Set<String> needed() {
        var needed = new HashSet<String>();
        var open = new ArrayDeque<>(owners.kept());
        while (!open.isEmpty()) {
            var id = open.pop();
            if (needed.add(id)) {
                find(id).ifPresent(layer -> open.addAll(layer.references()));
            }
        }
        return needed;
    }
}
