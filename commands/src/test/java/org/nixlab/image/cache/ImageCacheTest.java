package org.nixlab.image.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.process.Daemon;
import org.nixlab.process.HostCommand;
import org.nixlab.process.LeaseHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
final class ImageCacheTest {
    private final Deadline deadline = Deadline.in(Duration.ofSeconds(20));

    @TempDir
    private Path root;

    private ImageCache cache;

    @BeforeEach
    void open() {
        cache = new ImageCache(root);
    }

    @Test
    void whatWasBuiltIsNotBuiltAgain() {
        var builds = new AtomicInteger();
        var recipe = recipe("a", List.of(), (directory, workspace, until) -> {
            builds.incrementAndGet();
            Files.writeString(directory.resolve("content"), "x");
        });

        get(recipe);
        var layer = get(recipe);

        assertThat(builds).hasValue(1);
        assertThat(layer.file("content")).hasContent("x");
    }

    @Test
    void twoThatWantTheSameThingWaitForEachOther() throws Exception {
        var builds = new AtomicInteger();
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var recipe = recipe("a", List.of(), (directory, workspace, until) -> {
            builds.incrementAndGet();
            begun.countDown();
            await(goOn);
        });
        var threads = Executors.newFixedThreadPool(2);
        try {
            Callable<Layer> wanted = () -> get(recipe);
            var first = threads.submit(wanted);
            begun.await();
            var second = threads.submit(wanted);
            try (var process = LeaseHolder.of(root.resolve("locks/test-a"))) {
                assertThat(process.holds()).isFalse();
            }
            goOn.countDown();

            assertThat(first.get()).isEqualTo(second.get());
            assertThat(builds).hasValue(1);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aFailedBuildLeavesNothingButItsLog() {
        var recipe = recipe("a", List.of(), (directory, workspace, until) -> {
            Files.writeString(directory.resolve("half"), "x");
            Files.writeString(workspace.file("scrap"), "x");
            throw new IOException("No space left on device");
        });

        assertThatThrownBy(() -> get(recipe))
                .isInstanceOfSatisfying(
                        LabException.class, e -> assertThat(e.hint()).contains("images prune"));
        assertThat(cache.list()).isEmpty();
        assertThat(root.resolve("build")).isEmptyDirectory();
    }

    @Test
    void aKilledBuilderLeavesNoHalfAndTheNextOneClears() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var killed = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), SlowBuild.class.getName(), root.toString())
                .redirectErrorStream(true)
                .start();
        try (var output = killed.inputReader()) {
            assertThat(output.readLine()).isEqualTo("half made");
        }
        killed.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        assertThat(cache.list()).isEmpty();

        var layer = get(recipe("slow", List.of(), (directory, workspace, until) -> {
            assertThat(directory).isEmptyDirectory();
            assertThat(workspace.file("scrap")).doesNotExist();
        }));

        assertThat(layer.file("half")).doesNotExist();
        assertThat(root.resolve("build")).isEmptyDirectory();
    }

    @Test
    void aProgramThatOutlivedItsBuilderIsEndedByTheNextOne() throws Exception {
        var work = Files.createDirectories(root.resolve("build")).resolve("test-slow.work.running");
        var orphan = Daemon.start(HostCommand.of("sleep", "60"), Path.of("/dev/null"), Path.of("/dev/null"));
        orphan.save(work);

        get(recipe("slow", List.of(), (directory, workspace, until) -> {}));

        orphan.awaitEnd(deadline);
        assertThat(work).doesNotExist();
    }

    @Test
    void whatSomebodyKeepsSurvivesPruningWithAllItNeeds() throws IOException {
        var base = get(recipe("base", List.of(), (directory, workspace, until) -> {}));
        var machine = get(recipe("machine", List.of(base.id()), (directory, workspace, until) -> {}));
        get(recipe("other", List.of(), (directory, workspace, until) -> {}));
        var owner = Files.createDirectory(root.resolve("lab"));
        cache.keep(owner, List.of(machine.id()));

        assertThat(cache.prune(deadline)).extracting(CacheEntry::id).containsExactly("test-other");
        assertThat(cache.list()).extracting(CacheEntry::inUse).containsOnly(true);

        Files.delete(owner);
        cache.prune(deadline);

        assertThat(cache.list()).isEmpty();
    }

    @Test
    void theCacheIsWhereTheEnvironmentSays() {
        assertThat(ImageCache.defaultRoot(Map.of("NIXLAB_CACHE", "/c"))).isEqualTo(Path.of("/c"));
        assertThat(ImageCache.defaultRoot(Map.of("HOME", "/home/u"))).isEqualTo(Path.of("/home/u/.cache/nixlab"));
    }

    /** A builder in a process of its own that never ends. */
    static final class SlowBuild {
        private SlowBuild() {}

        public static void main(String[] args) {
            var never = new CountDownLatch(1);
            var recipe = recipe("slow", List.of(), (directory, workspace, until) -> {
                Files.writeString(directory.resolve("half"), "x");
                Files.writeString(workspace.file("scrap"), "x");
                System.out.println("half made");
                await(never);
            });
            new ImageCache(Path.of(args[0])).get(recipe, BuildProgress.NONE, Deadline.in(Duration.ofMinutes(1)));
        }
    }

    private Layer get(LayerRecipe recipe) {
        return cache.get(recipe, BuildProgress.NONE, deadline);
    }

    private static LayerRecipe recipe(String key, List<String> references, LayerRecipe.Builder builder) {
        return new LayerRecipe("test", key, "a test", key, references, builder);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
