package org.nixlab.nix.plan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.model.GroupAccount;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.GuestFile;
import org.nixlab.model.Hardware;
import org.nixlab.model.Identity;
import org.nixlab.model.InterfaceAddress;
import org.nixlab.model.Machine;
import org.nixlab.model.NetworkInterface;
import org.nixlab.model.PortForward;
import org.nixlab.model.SharedDirectory;
import org.nixlab.model.StoreItem;
import org.nixlab.model.UserAccount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PlanReaderTest {
    private static final String SECRET = "/nix/store/" + "a".repeat(32) + "-secret";
    private static final String ZSH = "/nix/store/" + "b".repeat(32) + "-zsh";

    @TempDir
    Path root;

    @BeforeEach
    void fillTheStore() throws IOException {
        Files.createDirectories(root.resolve("nix/store"));
        Files.writeString(store().onHost(SECRET), "secret");
        Files.writeString(store().onHost(ZSH), "nixlab-recipe\n{\"kind\":\"package\",\"packages\":[\"zsh\"]}");
    }

    @Test
    void machinesAreSortedByName() throws IOException {
        assertThat(new PlanReader(store()).read(Json.tree(plan())).names()).containsExactly("db", "web");
    }

    @Test
    void hardwareAndNamesArriveComplete() throws IOException {
        var web = web();

        assertThat(web.index()).isEqualTo(2);
        assertThat(web.system()).isEqualTo(GuestArchitecture.I686);
        assertThat(web.identity())
                .isEqualTo(new Identity("web", "web.example.net", "www.example.net", List.of("front")));
        assertThat(web.hardware())
                .isEqualTo(new Hardware(
                        384,
                        2,
                        1024,
                        List.of(1, 2),
                        false,
                        true,
                        List.of(new PortForward(
                                true, "tcp", new PortForward.Endpoint("", 8080), new PortForward.Endpoint("", 80))),
                        List.of(new SharedDirectory("site", "/srv/site", "/var/www")),
                        List.of(512),
                        List.of("-device virtio-rng-pci"),
                        List.of("quiet")));
        assertThat(web.interfaces())
                .containsExactly(
                        new NetworkInterface(
                                "eth1", 1, "52:54:00:12:01:02", List.of(new InterfaceAddress("192.168.1.2", 24))),
                        new NetworkInterface("eth2", 2, "52:54:00:12:02:02", List.of()));
    }

    @Test
    void filesArriveWithTheirContent() throws IOException {
        assertThat(web().configuration().files())
                .containsExactly(
                        new GuestFile("/etc/motd", 0644, "root", "root", new GuestFile.Text("hello\n")),
                        new GuestFile(
                                "/etc/secret",
                                0600,
                                "www-data",
                                "www-data",
                                new GuestFile.Copy(store().onHost(SECRET))),
                        new GuestFile(
                                "/etc/localtime", 0777, "root", "root", new GuestFile.Link("/usr/share/zoneinfo/UTC")),
                        new GuestFile("/var/lib/x", 0750, "root", "root", new GuestFile.Directory()));
    }

    @Test
    void accountsArriveWithAndWithoutNumbers() throws IOException {
        var configuration = web().configuration();

        assertThat(configuration.users())
                .containsExactly(new UserAccount(
                        "ada",
                        OptionalInt.of(1000),
                        "users",
                        List.of("wheel"),
                        "/home/ada",
                        true,
                        ZSH + "/bin/zsh",
                        "Ada",
                        false,
                        Optional.empty(),
                        Optional.of("secret"),
                        List.of("ssh-ed25519 AAAA ada")));
        assertThat(configuration.groups())
                .containsExactly(
                        new GroupAccount("users", OptionalInt.of(100), List.of()),
                        new GroupAccount("wheel", OptionalInt.empty(), List.of("ada")));
    }

    @Test
    void storeHoldsWhatIsMentionedButNotWhatIsOnlyCopied() throws IOException {
        var configuration = web().configuration();

        assertThat(configuration.store()).containsExactly(new StoreItem.PackagePrefix(ZSH, List.of("zsh"), List.of()));
        assertThat(configuration.packages()).containsExactly("lynx");
        assertThat(configuration.units()).isEqualTo(Set.of("httpd.service"));
        assertThat(configuration.warnings()).containsExactly("the web is old");
    }

    @Test
    void machineWithoutDomainIsKnownByItsHostName() throws IOException {
        var db = new PlanReader(store()).read(Json.tree(plan())).machine("db").orElseThrow();

        assertThat(db.identity()).isEqualTo(new Identity("db", "db", "", List.of()));
    }

    @Test
    void fieldThatNobodyReadsIsABug() throws IOException {
        var plan = new String(plan(), StandardCharsets.UTF_8).replaceFirst("\"index\"", "\"indexx\"");

        assertThatThrownBy(() -> new PlanReader(store()).read(Json.tree(plan.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(IllegalStateException.class)
                .hasStackTraceContaining("indexx");
    }

    private Machine web() throws IOException {
        return new PlanReader(store()).read(Json.tree(plan())).machine("web").orElseThrow();
    }

    private PrivateStore store() {
        return new PrivateStore(root);
    }

    private static byte[] plan() throws IOException {
        try (var in = PlanReaderTest.class.getResourceAsStream("plan.json")) {
            return in.readAllBytes();
        }
    }
}
