package org.nixlab.image.layer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

final class ManifestTest {
    @TempDir
    private Path directory;

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        var stamps = new TreeMap<String, Manifest.Stamp>();
        stamps.put("etc", new Manifest.Stamp('d', 01777, 0, 5, ""));
        stamps.put("etc/odd\nname", new Manifest.Stamp('f', 0644, 1000, 100, "12 34"));
        stamps.put("etc/link", new Manifest.Stamp('l', 0777, 0, 0, "a b"));
        var manifest = new Manifest(stamps);

        manifest.write(directory.resolve("m"));

        assertThat(Manifest.read(directory.resolve("m"))).isEqualTo(manifest);
    }

    @Test
    void anArchiveThatWasWrittenHasTheDirectoriesOfTheLayersBelow() throws IOException {
        var below = new TreeMap<String, Manifest.Stamp>();
        below.put("root", new Manifest.Stamp('d', 0700, 0, 0, ""));
        var tar = directory.resolve("t.tar");

        try (var writer = new LayerWriter(tar, new Manifest(below))) {
            writer.file("root/.ssh/authorized_keys", 0600, 0, 0, "key");
            writer.link("etc/x", "y");
            writer.whiteout("usr/gone");
        }

        var written = LayerTar.manifest(tar).stamps();
        assertThat(written.get("root").mode()).isEqualTo(0700);
        assertThat(written.get("root/.ssh").mode()).isEqualTo(0755);
        assertThat(written.get("etc/x").detail()).isEqualTo("y");
        assertThat(written.get("usr/gone").type()).isEqualTo('o');
    }
}
