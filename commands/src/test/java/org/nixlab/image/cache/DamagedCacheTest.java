package org.nixlab.image.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Damage;
import org.nixlab.base.Deadline;
import org.nixlab.image.boot.PowerOffDisk;

import static org.assertj.core.api.Assertions.assertThat;

/** A cache in which a host that lost its power left damaged files: all of it can be had again. */
@Timeout(60)
final class DamagedCacheTest {
    private final Deadline soon = Deadline.in(Duration.ofSeconds(40));
    private final AtomicInteger builds = new AtomicInteger();

    @TempDir
    private Path root;

    @Test
    void aDamagedLayerIsBuiltAgain() throws IOException {
        var cache = new ImageCache(root);
        for (var file : List.of(Layer.INFO, "content")) {
            for (var damage : Damage.all()) {
                var layer = get(cache);
                int before = builds.get();
                assertThat(get(cache)).isEqualTo(layer);
                assertThat(builds).hasValue(before);

                Files.write(layer.file(file), damage);

                assertThat(cache.list()).isEmpty();
                assertThat(cache.prune(soon)).isEmpty();
                assertThat(get(cache).file("content")).hasContent("whole and sound");
                assertThat(builds).hasValue(before + 1);
            }
        }
    }

    @Test
    void aDamagedNoteOfAnOwnerKeepsNothing() throws IOException {
        var cache = new ImageCache(root);
        for (var damage : Damage.all()) {
            var layer = get(cache);
            cache.keep(root, List.of(layer.id()));
            assertThat(cache.list()).extracting(CacheEntry::inUse).containsExactly(true);
            try (var owners = Files.list(root.resolve("owners"))) {
                Files.write(owners.findFirst().orElseThrow(), damage);
            }

            assertThat(cache.prune(soon)).hasSize(1);
        }
    }

    @Test
    void aDamagedDiskThatPowersOffIsMadeAgain() throws IOException {
        var whole = Files.readAllBytes(PowerOffDisk.in(root));
        for (var damage : Damage.all()) {
            Files.write(root.resolve("power-off.cpio"), damage);

            assertThat(PowerOffDisk.in(root)).hasBinaryContent(whole);
        }
    }

    private Layer get(ImageCache cache) {
        return cache.get(
                new LayerRecipe("test", "a", "a test", "a", List.of(), (directory, workspace, until) -> {
                    builds.incrementAndGet();
                    Files.writeString(directory.resolve("content"), "whole and sound");
                }),
                BuildProgress.NONE,
                soon);
    }
}
