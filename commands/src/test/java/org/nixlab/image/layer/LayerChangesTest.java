package org.nixlab.image.layer;

import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class LayerChangesTest {
    private static final Manifest.Stamp DIRECTORY = new Manifest.Stamp('d', 0755, 0, 0, "");

    private final TreeMap<String, Manifest.Stamp> below = new TreeMap<>();
    private final TreeMap<String, Manifest.Stamp> now = new TreeMap<>();

    @Test
    void onlyWhatIsNewOrDifferentIsWritten() {
        below.put("etc", DIRECTORY);
        below.put("etc/same", file("5 100"));
        below.put("etc/touched", file("5 100"));
        now.put("etc", DIRECTORY);
        now.put("etc/same", file("5 100"));
        now.put("etc/touched", file("5 200"));
        now.put("etc/new", file("1 200"));

        assertThat(changes().changed()).containsExactlyInAnyOrder("etc/touched", "etc/new");
    }

    @Test
    void aDirectoryThatIsGoneIsHiddenOnce() {
        below.put("usr/share/a", DIRECTORY);
        below.put("usr/share/a/x", file("1 1"));
        below.put("usr/share/a/y/z", file("1 1"));

        assertThat(changes().deleted()).containsExactly("usr/share/a");
    }

    @Test
    void aHardLinkBringsWhatItLinksTo() {
        below.put("usr/bin/perl", file("9 9"));
        now.put("usr/bin/perl", file("9 9"));
        now.put("usr/bin/perl5", new Manifest.Stamp('h', 0755, 0, 0, "usr/bin/perl"));

        assertThat(changes().changed()).containsExactlyInAnyOrder("usr/bin/perl", "usr/bin/perl5");
    }

    private LayerChanges changes() {
        return LayerChanges.between(new Manifest(below), new Manifest(now));
    }

    private static Manifest.Stamp file(String detail) {
        return new Manifest.Stamp('f', 0644, 0, 0, detail);
    }
}
