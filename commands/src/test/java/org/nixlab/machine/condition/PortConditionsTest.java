package org.nixlab.machine.condition;

import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PortConditionsTest {
    private static final String SS = "ss -Hltn 'sport = :80'";
    private static final String ALL = "ss -Hltnp";
    private static final String RULES = "nft list ruleset 2>/dev/null; iptables-save 2>/dev/null; :";
    private static final String OWN = """
            1: lo    inet 127.0.0.1/8 scope host lo
            3: eth1    inet 192.168.1.1/24 scope global eth1
            3: eth1    inet6 2001:db8:1::1/64 scope global nodad
            """;

    private Guest guest;

    @BeforeEach
    void makeGuest(@TempDir Path directory) {
        guest = new Guest(directory);
    }

    @Test
    void aPortIsOpenWhenSomethingListens() {
        guest.prints(SS, "").prints(SS, "LISTEN 0 511 *:80 *:*\n");

        assertThat(guest.look(look -> port(look, "localhost").open()).met()).isFalse();
        assertThat(guest.look(look -> port(look, "localhost").open()).met()).isTrue();
        assertThat(guest.look(look -> port(look, "localhost").closed()).met()).isFalse();
    }

    @Test
    void whatListensElsewhereIsNotReached() {
        guest.prints(SS, "LISTEN 0 5 192.168.1.1:80 0.0.0.0:*\nLISTEN 0 5 [fe80::1]%eth1:80 [::]:*\n");
        guest.prints(
                "getent ahosts 192.168.1.1; echo; ip -o address", "192.168.1.1 STREAM\n192.168.1.1 DGRAM\n\n" + OWN);

        assertThat(guest.look(look -> port(look, "localhost").open()).met()).isFalse();
        assertThat(guest.look(look -> port(look, "localhost").closed()).met()).isTrue();
        assertThat(guest.look(look -> port(look, "0.0.0.0").open()).met()).isFalse();
        assertThat(guest.look(look -> port(look, "192.168.1.1").open()).met()).isTrue();
    }

    @Test
    void addressesAreReadAsTheSocketTableWritesThem() {
        var all = Listener.read("LISTEN 0 128 127.0.0.53%lo:53 0.0.0.0:* users:((\"resolved\",pid=1,fd=3))\n"
                + "LISTEN 0 128 [::ffff:10.0.0.1]:81 *:*\nno line of it\nLISTEN 0 128 [::1]:631 [::]:*\n");

        assertThat(Listener.words(all, 2)).isEqualTo("resolved on 127.0.0.53:53, 10.0.0.1:81 and 1 more");
        assertThat(all.get(2).answersOn(java.util.List.of("::1"))).isTrue();
        assertThat(all.get(2).words()).isEqualTo("[::1]:631");
    }

    @Test
    void anotherMachineIsConnectedTo() {
        guest.prints("getent ahosts db; echo; ip -o address", "192.168.1.2 STREAM db\n\n" + OWN);
        var connect = "timeout 5 bash -c ': <>\"$1\"' - /dev/tcp/db/80";
        guest.answers(connect, 1, "", "-: connect: Connection refused\n-: line 1: /dev/tcp/db/80: Connection refused\n")
                .answers(connect, 124, "", "")
                .answers(connect, 0, "", "");

        assertThat(guest.look(look -> port(look, "db").open()).detail()).isEqualTo("Connection refused");
        assertThat(guest.look(look -> port(look, "db").open()).detail()).isEqualTo("no answer; a firewall may drop it");
        assertThat(guest.look(look -> port(look, "db").open()).met()).isTrue();
    }

    @Test
    void aNameWithoutAddressIsWaitedFor() {
        guest.prints("getent ahosts no.such; echo; ip -o address", "\n" + OWN);

        assertThat(guest.look(look -> port(look, "no.such").open()).detail()).isEqualTo("no.such has no address");
        assertThat(guest.look(look -> port(look, "no.such").closed()).met()).isTrue();
    }

    @Test
    void aWaitThatIsOverSaysWhoListensWhereAndWhatTheFirewallSays() {
        guest.prints(SS, "")
                .prints(ALL, "LISTEN 0 5 127.0.0.1:8080 0.0.0.0:* users:((\"java\",pid=9,fd=4))\n")
                .prints(
                        RULES,
                        "chain input {\n type filter hook input priority filter; policy drop;\n}\n"
                                + " tcp dport { 22, 8000-8100 } accept\n");

        assertThatThrownBy(() -> guest.wait(look -> port(look, "localhost").open()))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("timed out waiting for port 80 on m: nothing listens\n"
                        + "  there is java on 127.0.0.1:8080\n"
                        + "  the firewall lets nobody else in at port 80");
    }

    @Test
    void aPortThatIsNotClosedIsTold() {
        guest.prints(SS, "LISTEN 0 5 *:80 *:*\n").prints(ALL, "LISTEN 0 5 *:80 *:* users:((\"httpd\",pid=9,fd=4))\n");

        assertThatThrownBy(() -> guest.wait(look -> port(look, "localhost").closed()))
                .hasMessage(
                        "timed out waiting for port 80 on m to be closed: open\n  on that port there is httpd on *:80");
    }

    @Test
    void firewallsOfBothKindsAreRead() {
        var tables = "*filter\n:INPUT ACCEPT [0:0]\n-A nixos-fw -p tcp -m tcp --dport 22 -j nixos-fw-accept\n"
                + "-A nixos-fw -p tcp -m tcp --dport 1000:1010 -j nixos-fw-accept\n-A nixos-fw -j nixos-fw-log-refuse\n";

        assertThat(FirewallRules.read(tables).words(22)).isEqualTo("the firewall lets others in at port 22");
        assertThat(FirewallRules.read(tables).words(1005)).startsWith("the firewall lets others in");
        assertThat(FirewallRules.read(tables).words(80)).startsWith("the firewall lets nobody else in");
        assertThat(FirewallRules.read("table ip nat { }\n").words(80)).isEmpty();
    }

    @Test
    void portsHaveNumbers() {
        assertThatThrownBy(() -> guest.look(look -> new PortConditions(look, 70000, "localhost").open()))
                .isInstanceOf(LabException.class)
                .hasMessage("there is no port 70000");
    }

    private static PortConditions port(GuestLook look, String address) {
        return new PortConditions(look, 80, address);
    }
}
