package org.nixlab.image.layer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.commons.codec.digest.Sha2Crypt;
import org.nixlab.base.LabException;
import org.nixlab.image.cache.Hash;
import org.nixlab.model.GroupAccount;
import org.nixlab.model.UserAccount;

/**
 * The account files of a machine: those of its packages, with the users and groups of its configuration merged in
 * (passwd(5), group(5), shadow(5), gshadow(5)).
 */
final class Accounts {
    private static final int FIRST_NORMAL = 1000;
    private static final int LAST_NORMAL = 29999;
    private static final int FIRST_SYSTEM = 400;
    private static final int LAST_SYSTEM = 999;
    private static final String NEVER = "!*";
    /** The day passwords were last changed; one that never comes again keeps the files the same from build to build. */
    private static final String DAY = "1";

    private final String place;
    private final Map<String, String[]> passwd;
    private final Map<String, String[]> group;
    private final Map<String, String[]> shadow;
    private final Map<String, String[]> gshadow;

    private Accounts(String place, DebianState state) {
        this.place = place;
        this.passwd = parse(state.account("etc/passwd"), 7);
        this.group = parse(state.account("etc/group"), 4);
        this.shadow = parse(state.account("etc/shadow"), 9);
        this.gshadow = parse(state.account("etc/gshadow"), 4);
    }

    /**
     * Merges accounts.
     *
     * @param machine named in failures
     */
    static Accounts of(String machine, DebianState state, List<UserAccount> users, List<GroupAccount> groups) {
        var accounts = new Accounts(machine, state);
        // Numbers that were chosen by hand come first, so that no other account takes them.
        groups.stream().filter(g -> g.gid().isPresent()).forEach(accounts::add);
        groups.stream().filter(g -> g.gid().isEmpty()).forEach(accounts::add);
        users.stream().filter(u -> u.uid().isPresent()).forEach(accounts::add);
        users.stream().filter(u -> u.uid().isEmpty()).forEach(accounts::add);
        groups.forEach(g -> g.members().forEach(member -> accounts.join(member, g.name())));
        users.forEach(u -> u.extraGroups().forEach(name -> accounts.join(u.name(), name)));
        return accounts;
    }

    /** Returns a user's number. */
    long uid(String name) {
        return number(passwd, name, "user");
    }

    /** Returns a group's number. */
    long gid(String name) {
        return number(group, name, "group");
    }

    /** Returns the number of a user's own group. */
    long primaryGid(String user) {
        return passwd.containsKey(user) ? Long.parseLong(passwd.get(user)[3]) : gid(user);
    }

    String passwd() {
        return text(passwd);
    }

    String group() {
        return text(group);
    }

    String shadow() {
        return text(shadow);
    }

    String gshadow() {
        return text(gshadow);
    }

    private void add(GroupAccount account) {
        var old = group.get(account.name());
        var number = account.gid().isPresent()
                ? account.gid().getAsInt()
                : old != null ? Integer.parseInt(old[2]) : free(group, account.name(), true);
        var members = old == null ? "" : old[3];
        group.put(account.name(), new String[] {account.name(), "x", Integer.toString(number), members});
        gshadow.computeIfAbsent(account.name(), name -> new String[] {name, "!", "", members});
    }

    private void add(UserAccount account) {
        var old = passwd.get(account.name());
        if (!group.containsKey(account.group())) {
            add(new GroupAccount(account.group(), OptionalInt.empty(), List.of()));
        }
        var number = account.uid().isPresent()
                ? account.uid().getAsInt()
                : old != null ? Integer.parseInt(old[2]) : free(passwd, account.name(), account.system());
        passwd.put(account.name(), new String[] {
            account.name(),
            "x",
            Integer.toString(number),
            Long.toString(gid(account.group())),
            account.description(),
            account.home(),
            account.shell()
        });
        var before = shadow.get(account.name());
        shadow.put(account.name(), new String[] {
            account.name(), password(account, before), before == null ? DAY : before[2], "0", "99999", "7", "", "", ""
        });
    }

    private static String password(UserAccount account, String[] before) {
        if (account.hashedPassword().isPresent()) {
            return account.hashedPassword().get();
        }
        if (account.password().isPresent()) {
            // The same password gives the same hash, so that nothing is rebuilt for it.
            var password = account.password().get();
            var salt = new Hash().add(account.name()).add(password).toString().substring(0, 16);
            return Sha2Crypt.sha512Crypt(password.getBytes(StandardCharsets.UTF_8), "$6$" + salt);
        }
        return before == null ? NEVER : before[1];
    }

    private void join(String user, String name) {
        var fields = group.get(name);
        if (fields == null) {
            throw LabException.build(
                    "there is no group " + name + " for user " + user, place, "declare users.groups." + name);
        }
        fields[3] = with(fields[3], user);
        gshadow.computeIfPresent(name, (key, hidden) -> {
            hidden[3] = with(hidden[3], user);
            return hidden;
        });
    }

    private static String with(String members, String user) {
        Set<String> all = new LinkedHashSet<>(Arrays.asList(members.split(",")));
        all.remove("");
        all.add(user);
        return String.join(",", all);
    }

    /** Numbers of system accounts follow from the name, so that adding one does not renumber the others. */
    private static int free(Map<String, String[]> accounts, String name, boolean system) {
        var taken = new HashSet<Integer>();
        accounts.values().forEach(fields -> taken.add(Integer.parseInt(fields[2])));
        int first = system ? FIRST_SYSTEM : FIRST_NORMAL;
        int count = (system ? LAST_SYSTEM : LAST_NORMAL) - first + 1;
        int start = system ? Math.floorMod(name.hashCode(), count) : 0;
        for (int i = 0; i < count; i++) {
            int number = first + (start + i) % count;
            if (!taken.contains(number)) {
                return number;
            }
        }
        throw new IllegalStateException("no free number for " + name);
    }

    private long number(Map<String, String[]> accounts, String name, String kind) {
        var fields = accounts.get(name);
        if (fields != null) {
            return Long.parseLong(fields[2]);
        }
        if (!name.isEmpty() && name.chars().allMatch(Character::isDigit)) {
            return Long.parseLong(name);
        }
        throw LabException.build("there is no " + kind + " " + name, place, "declare users." + kind + "s." + name);
    }

    private static Map<String, String[]> parse(String text, int fields) {
        var accounts = new LinkedHashMap<String, String[]>();
        text.lines().filter(line -> !line.isEmpty()).forEach(line -> {
            var parts = Arrays.copyOf(line.split(":", -1), fields);
            for (int i = 0; i < parts.length; i++) {
                parts[i] = parts[i] == null ? "" : parts[i];
            }
            accounts.put(parts[0], parts);
        });
        return accounts;
    }

    private static String text(Map<String, String[]> accounts) {
        return accounts.values().stream()
                .map(fields -> String.join(":", fields) + "\n")
                .collect(Collectors.joining());
    }
}
