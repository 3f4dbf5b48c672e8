package org.nixlab.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An account a configuration declares ({@code users.users}).
 *
 * @param uid its number; chosen when empty
 * @param group its primary group's name
 * @param extraGroups further groups it is a member of
 * @param createHome whether its home directory is made
 * @param shell absolute path of its login shell in the guest
 * @param description its full name
 * @param system whether its number, when chosen, is one of system accounts
 * @param hashedPassword as {@code crypt} writes it; wins over {@code password}
 * @param password in clear text
 * @param authorizedKeys public keys that may log in with ssh
 */
public record UserAccount(
        String name,
        OptionalInt uid,
        String group,
        List<String> extraGroups,
        String home,
        boolean createHome,
        String shell,
        String description,
        boolean system,
        Optional<String> hashedPassword,
        Optional<String> password,
        List<String> authorizedKeys) {
    public UserAccount {
        extraGroups = List.copyOf(extraGroups);
        authorizedKeys = List.copyOf(authorizedKeys);
    }
}
