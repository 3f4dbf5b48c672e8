package org.nixlab.nix.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.nixlab.model.GuestFile;
import org.nixlab.model.StoreItem;
import org.nixlab.nix.complaint.NixException;

/**
 * Collects what must stand in the store of one machine: everything its plan mentions, and what that mentions in turn.
 *
 * <p>Only files are searched for further mentions: a directory is always a copy of one of the user's, who cannot know
 * hashes. For confinement to one thread.
 */
final class StoreClosure {
    private static final Pattern BELOW = Pattern.compile("/nix/store/([0-9a-df-np-sv-z]{32})-[^/]*(/.*)?");

    private final PrivateStore store;
    private final Map<String, String> entries;
    private final Set<String> seen = new HashSet<>();
    private final List<StoreItem> items = new ArrayList<>();

    /** @param entries all paths of the store by hash */
    StoreClosure(PrivateStore store, Map<String, String> entries) {
        this.store = store;
        this.entries = entries;
    }

    /** Adds what a text of the plan mentions. */
    void addMentionedBy(String text) {
        for (var hash : StoreReferences.in(text)) {
            if (!entries.containsKey(hash)) {
                throw new NixException(
                        "the configuration mentions " + mention(text, hash) + ", which does not exist",
                        "",
                        "Debian guests have files (./file, builtins.toFile) and packages (pkgs.NAME), but nothing that"
                                + " Nix would have to build");
            }
            addEntry(hash);
        }
    }

    /** Adds what a text mentions that is not nixlab's: a path in it that does not exist is nothing but text. */
    void addMentionedByScript(String text) {
        StoreReferences.in(text).forEach(this::addEntry);
    }

    /**
     * Returns what a file of the guest that comes from the store is: a copy, or a link into the guest's store where only
     * the guest has it.
     */
    GuestFile.Content contentOf(String source) {
        var below = BELOW.matcher(source);
        var entry = below.matches() ? entries.get(below.group(1)) : null;
        if (entry == null) {
            throw new IllegalStateException("not a path of the store: " + source);
        }
        if (recipe(entry).isPresent()) {
            addEntry(below.group(1));
            return new GuestFile.Link(source);
        }
        addMentionedByFile(entry);
        return new GuestFile.Copy(store.onHost(source));
    }

    /** Returns what was collected; each item comes after those it mentions. */
    List<StoreItem> items() {
        return List.copyOf(items);
    }

    private void addEntry(String hash) {
        var path = entries.get(hash);
        if (path == null || !seen.add(hash)) {
            return;
        }
        var recipe = recipe(path);
        if (recipe.isPresent() && recipe.get() instanceof StoreItem.Built built) {
            items.add(withNeeds(built));
            return;
        }
        addMentionedByFile(path);
        items.add(recipe.orElseGet(() -> new StoreItem.Copy(path, store.onHost(path))));
    }

    /** What it is made with, the machine need not have: only what comes of it may mention more. */
    private StoreItem withNeeds(StoreItem.Built built) {
        var needs = new StoreClosure(store, entries);
        needs.addMentionedByFile(built.path());
        return new StoreItem.Built(built.path(), built.script(), built.environment(), built.packages(), needs.items());
    }

    private void addMentionedByFile(String path) {
        var file = store.onHost(path);
        if (!Files.isRegularFile(file)) {
            return;
        }
        try {
            StoreReferences.in(file).forEach(this::addEntry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<StoreItem> recipe(String path) {
        Path file = store.onHost(path);
        try {
            return Files.isRegularFile(file) ? Recipe.read(path, file) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String mention(String text, String hash) {
        var name = Pattern.compile("/nix/store/" + hash + "-[-A-Za-z0-9+._?=]*").matcher(text);
        return name.find() ? name.group() : hash;
    }
}
