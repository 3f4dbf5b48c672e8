package org.nixlab.image.layer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nixlab.base.LabException;
import org.nixlab.model.GroupAccount;
import org.nixlab.model.UserAccount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class AccountsTest {
    private final DebianState state = DebianState.empty();

    @BeforeEach
    void debian() {
        add("etc/passwd", "root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\n");
        add("etc/group", "root:x:0:\nsudo:x:27:\nwww-data:x:33:\n");
        add("etc/shadow", "root:*:19000:0:99999:7:::\nwww-data:*:19000:0:99999:7:::\n");
        add("etc/gshadow", "root:*::\nsudo:*::\nwww-data:*::\n");
    }

    @Test
    void aNewUserGetsTheFirstNumberAndItsGroups() {
        var accounts = accounts(List.of(user("alice").build()), List.of(group("users", 100)));

        assertThat(accounts.passwd()).contains("alice:x:1000:100:Alice:/home/alice:/bin/bash\n");
        assertThat(accounts.group()).contains("sudo:x:27:alice\n").contains("users:x:100:\n");
        assertThat(accounts.gshadow()).contains("sudo:*::alice\n");
        assertThat(accounts.shadow()).contains("alice:!*:1:0:99999:7:::\n");
    }

    @Test
    void packagesUsersKeepTheirNumbers() {
        var accounts = accounts(
                List.of(user("www-data").group("www-data").build()), List.of(group("www-data", OptionalInt.empty())));

        assertThat(accounts.uid("www-data")).isEqualTo(33);
        assertThat(accounts.gid("www-data")).isEqualTo(33);
    }

    @Test
    void aPasswordIsHashedTheSameWayEveryTime() {
        var one = accounts(List.of(user("alice").password("secret").build()), List.of(group("users", 100)));
        var two = accounts(List.of(user("alice").password("secret").build()), List.of(group("users", 100)));

        assertThat(one.shadow()).contains("alice:$6$").doesNotContain("secret").isEqualTo(two.shadow());
    }

    @Test
    void addingASystemUserDoesNotRenumberTheOthers() {
        var before = accounts(List.of(user("redis").system().build()), List.of(group("users", 100)));
        var after = accounts(
                List.of(
                        user("aardvark").system().build(),
                        user("redis").system().build()),
                List.of(group("users", 100)));

        assertThat(before.uid("redis")).isBetween(400L, 999L).isEqualTo(after.uid("redis"));
    }

    @Test
    void aGroupNobodyDeclaredIsNamed() {
        var user = user("alice").extraGroups(List.of("docker")).build();

        assertThatThrownBy(() -> accounts(List.of(user), List.of(group("users", 100))))
                .isInstanceOf(LabException.class)
                .hasMessage("there is no group docker for user alice");
    }

    private Accounts accounts(List<UserAccount> users, List<GroupAccount> groups) {
        return Accounts.of("test1", state, users, groups);
    }

    private void add(String path, String text) {
        state.add(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static GroupAccount group(String name, int gid) {
        return group(name, OptionalInt.of(gid));
    }

    private static GroupAccount group(String name, OptionalInt gid) {
        return new GroupAccount(name, gid, List.of());
    }

    private static UserBuilder user(String name) {
        return new UserBuilder(name);
    }

    private static final class UserBuilder {
        private final String name;
        private String group = "users";
        private boolean system;
        private Optional<String> password = Optional.empty();
        private List<String> extraGroups = List.of();

        private UserBuilder(String name) {
            this.name = name;
            this.extraGroups = name.equals("alice") ? List.of("sudo") : List.of();
        }

        private UserBuilder group(String value) {
            group = value;
            return this;
        }

        private UserBuilder system() {
            system = true;
            return this;
        }

        private UserBuilder password(String value) {
            password = Optional.of(value);
            return this;
        }

        private UserBuilder extraGroups(List<String> value) {
            extraGroups = value;
            return this;
        }

        private UserAccount build() {
            return new UserAccount(
                    name,
                    OptionalInt.empty(),
                    group,
                    extraGroups,
                    "/home/" + name,
                    true,
                    "/bin/bash",
                    name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
                    system,
                    Optional.empty(),
                    password,
                    List.of());
        }
    }
}
