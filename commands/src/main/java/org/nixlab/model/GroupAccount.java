package org.nixlab.model;

import java.util.List;
import java.util.OptionalInt;

/** A group a configuration declares ({@code users.groups}); its number is chosen when {@code gid} is empty. */
public record GroupAccount(String name, OptionalInt gid, List<String> members) {
    public GroupAccount {
        members = List.copyOf(members);
    }
}
