package org.nixlab.image.debian;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.model.GuestArchitecture;

import static org.assertj.core.api.Assertions.assertThat;

final class HostMirrorTest {
    @TempDir
    private Path etc;

    @TempDir
    private Path lists;

    @Test
    void theHostsDebianMirrorServesTheGuestsReleaseToo() throws IOException {
        write("sources.list", "deb http://near.test/debian/ trixie main\n");

        var mirror = find();

        assertThat(mirror.sources(Mirror.SUITES))
                .containsExactly(
                        "deb http://near.test/debian bookworm main",
                        "deb http://near.test/debian bookworm-updates main",
                        "deb http://near.test/debian-security bookworm-security main");
    }

    /** Else old indexes, with their signatures and their holes, could be served as new ones for ever. */
    @Test
    void archivesThatAreOutOfDateAreRefusedUnlessTheyAreMeantToBe() {
        var plain = Mirror.of("http://near.test/debian", List.of());
        var past = Mirror.of("http://snapshot.test/archive/debian/20260101T000000Z", List.of());

        assertThat(new AptDirectory(etc, GuestArchitecture.X86_64, plain).configuration())
                .doesNotContain("Check-Valid-Until");
        assertThat(plain.signedSources(List.of(Mirror.RELEASE)))
                .containsExactly("deb [signed-by=" + Mirror.KEYRING + "] http://near.test/debian bookworm main");
        assertThat(past.sources(List.of(Mirror.RELEASE)))
                .containsExactly("deb [check-valid-until=no]"
                        + " http://snapshot.test/archive/debian/20260101T000000Z bookworm main");
        assertThat(past.signedSources(List.of(Mirror.RELEASE)).get(0))
                .startsWith("deb [signed-by=" + Mirror.KEYRING + " check-valid-until=no] ");
    }

    @Test
    void whatTheHostsAptIsToldOfArchivesHoldsForGuestsToo() {
        assertThat(HostMirror.settings("""
                        Acquire::http::Proxy "http://near.test:3128";
                        Acquire::https::Proxy "";
                        Acquire::Check-Valid-Until "false";
                        APT::Install-Recommends "0";
                        """))
                .containsExactly(
                        "Acquire::http::Proxy \"http://near.test:3128\";", "Acquire::Check-Valid-Until \"false\";");
    }

    @Test
    void theSecurityArchiveMayBeElsewhere() throws IOException {
        write(
                "sources.list",
                "deb http://near.test/debian trixie main\ndeb http://far.test/debian-security trixie-security main\n");

        assertThat(find().security()).isEqualTo("http://far.test/debian-security");
    }

    @Test
    void aThirdPartyWithAPathLikeDebiansIsIgnored() throws IOException {
        write("sources.list.d/a-vendor.list", "deb http://vendor.test/debian stable main\n");
        write(
                "sources.list.d/debian.sources",
                "Types: deb\nURIs: http://near.test/debian\nSuites: sid\nComponents: main\n");
        Files.writeString(lists.resolve("vendor.test_debian_dists_stable_InRelease"), "Origin: Vendor\n");
        Files.writeString(lists.resolve("near.test_debian_dists_sid_InRelease"), "Origin: Debian\n");

        assertThat(find().main()).isEqualTo("http://near.test/debian");
    }

    @Test
    void anUnreadableKeyringGivesWayToDebiansOwn() throws IOException {
        write("sources.list", "deb [signed-by=/nowhere/keys.gpg] http://near.test/debian trixie main\n");

        assertThat(find().keyring()).isEqualTo(Mirror.KEYRING);
    }

    @Test
    void aMirrorTheUserNamedHasItsSecurityArchiveBesideIt() {
        var mirror = Mirror.of("http://chosen.test/debian/", List.of());

        assertThat(mirror.main()).isEqualTo("http://chosen.test/debian");
        assertThat(mirror.security()).isEqualTo("http://chosen.test/debian-security");
    }

    private Mirror find() {
        return new HostMirror(etc, lists).find(Deadline.in(Duration.ofSeconds(30)));
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(etc.resolve(name).getParent());
        Files.writeString(etc.resolve(name), text);
    }
}
