package org.nixlab.image.debian;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class AptEntryTest {
    @Test
    void oneLineEntriesAreReadWithTheirKeyring() {
        var entries = AptEntry.parseList("""
                # a comment
                deb [arch=amd64 signed-by=/usr/share/keyrings/x.gpg] http://mirror.test/debian bookworm main contrib # tail
                deb-src http://mirror.test/debian bookworm main
                deb http://mirror.test/debian-security bookworm-security main
                deb broken
                """);

        assertThat(entries)
                .containsExactly(
                        new AptEntry(
                                "http://mirror.test/debian",
                                "bookworm",
                                List.of("main", "contrib"),
                                "/usr/share/keyrings/x.gpg"),
                        new AptEntry("http://mirror.test/debian-security", "bookworm-security", List.of("main"), ""));
    }

    @Test
    void paragraphsGiveAnEntryForEverySuite() {
        var entries = AptEntry.parseSources("""
                Types: deb deb-src
                # a comment
                URIs: http://mirror.test/debian
                Suites: trixie
                 trixie-updates
                Components: main
                Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

                Types: deb
                URIs: http://off.test/debian
                Suites: trixie
                Components: main
                Enabled: no

                Types: deb-src
                URIs: http://source.test/debian
                Suites: trixie
                Components: main
                """);

        assertThat(entries).extracting(AptEntry::uri).containsOnly("http://mirror.test/debian");
        assertThat(entries).extracting(AptEntry::suite).containsExactly("trixie", "trixie-updates");
        assertThat(entries)
                .extracting(AptEntry::signedBy)
                .containsOnly("/usr/share/keyrings/debian-archive-keyring.gpg");
    }

    @Test
    void anEmbeddedKeyIsNoKeyringFile() {
        var entries = AptEntry.parseSources("""
                Types: deb
                URIs: http://mirror.test/debian
                Suites: sid
                Components: main
                Signed-By:
                 -----BEGIN PGP PUBLIC KEY BLOCK-----
                 .
                 abc
                """);

        assertThat(entries).singleElement().extracting(AptEntry::signedBy).isEqualTo("");
    }
}
