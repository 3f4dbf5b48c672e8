package org.nixlab.model;

import java.util.List;
import java.util.Set;

/**
 * What is to be inside a Debian machine, rendered down to packages, files and accounts.
 *
 * @param packages Debian packages asked for explicitly; those of {@code store} come on top
 * @param files the files the configuration owns
 * @param users accounts the configuration declares
 * @param groups groups the configuration declares
 * @param units names of all units the configuration defines or enables; others that packages bring are masked
 * @param store what must stand under {@code /nix/store}: everything the rest mentions, closed under mention
 * @param warnings what the configuration wants the user to know
 */
public record Configuration(
        List<String> packages,
        List<GuestFile> files,
        List<UserAccount> users,
        List<GroupAccount> groups,
        Set<String> units,
        List<StoreItem> store,
        List<String> warnings) {
    public Configuration {
        packages = List.copyOf(packages);
        files = List.copyOf(files);
        users = List.copyOf(users);
        groups = List.copyOf(groups);
        units = Set.copyOf(units);
        store = List.copyOf(store);
        warnings = List.copyOf(warnings);
    }

    public Configuration withStore(List<StoreItem> other) {
        return new Configuration(packages, files, users, groups, units, other, warnings);
    }
}
