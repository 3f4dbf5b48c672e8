package org.nixlab.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.process.HostCommand;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The JVM says of each class where it took it from; that it ignores an archive it does not say. */
@Timeout(900)
class ClassDataIT {
    private static final Predicate<String> FROM_ARCHIVE = line -> line.contains("source: shared objects file");
    private static final Predicate<String> OF_PICOCLI = line -> line.matches(".* picocli\\.[\\w.$]+ source:.*");

    @TempDir
    private Path directory;

    @Test
    void theBuildMakesAnArchiveAndAStartUsesIt() throws IOException {
        var classes = loadedBy(Host.checkout().resolve("shell/bin/nixlab"));

        assertThat(classes.stream().filter(FROM_ARCHIVE)).hasSizeGreaterThan(classes.size() * 9 / 10);
        assertThat(classes.stream().filter(OF_PICOCLI)).isNotEmpty().allMatch(FROM_ARCHIVE);
    }

    @Test
    void anUnpackedInstallationMakesItsOwnAndAgainWhenItsJarsChange() throws IOException {
        var launcher = installation();
        var withoutAny = loadedBy(launcher);
        var first = awaitIdentityOtherThan("");
        var withFirst = loadedBy(launcher);
        changeJar();
        var withStale = loadedBy(launcher);
        awaitIdentityOtherThan(first);
        var withSecond = loadedBy(launcher);

        assertThat(withoutAny.stream().filter(OF_PICOCLI)).isNotEmpty().noneMatch(FROM_ARCHIVE);
        assertThat(withFirst.stream().filter(OF_PICOCLI)).isNotEmpty().allMatch(FROM_ARCHIVE);
        assertThat(withStale.stream().filter(OF_PICOCLI)).isNotEmpty().noneMatch(FROM_ARCHIVE);
        assertThat(withSecond.stream().filter(OF_PICOCLI)).isNotEmpty().allMatch(FROM_ARCHIVE);
    }

    private Path installation() throws IOException {
        Host.copy(Host.checkout().resolve("shell/target/nixlab/lib"), directory.resolve("nixlab/lib"));
        Host.copy(Host.checkout().resolve("shell/bin/nixlab"), directory.resolve("nixlab/bin/nixlab"));
        return directory.resolve("nixlab/bin/nixlab");
    }

    /** Starts the shell without a terminal and lets it answer one line. */
    private List<String> loadedBy(Path launcher) throws IOException {
        var log = directory.resolve("classes");
        Host.run(HostCommand.of(launcher.toString())
                .in(Files.createDirectories(directory.resolve("empty")))
                .environment("NIXLAB_JAVA_OPTIONS", "-Xlog:class+load:file=" + log)
                .input("status\n".getBytes(UTF_8)));
        return Files.readAllLines(log);
    }

    private String awaitIdentityOtherThan(String known) {
        var made = new Condition(
                "class data other than of \"" + known + "\"",
                () -> new Observation(!identity().equals(known), identity()),
                "see log beside it");
        return Await.host().until(made, Deadline.in(Duration.ofMinutes(5)));
    }

    /** What is still being made comes and goes under the eyes of who looks, so it is passed by. */
    private String identity() {
        var finished = new AtomicReference<>("");
        try {
            Files.walkFileTree(directory.resolve("nixlab/class-data"), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                    return visited.getFileName().toString().startsWith("work.")
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) throws IOException {
                    if (visited.endsWith("identity")) {
                        finished.set(Files.readString(visited));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path visited, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return finished.get();
    }

    private void changeJar() throws IOException {
        var name = "nixlab-shell-" + System.getProperty("nixlab.version") + ".jar";
        try (var entries =
                FileSystems.newFileSystem(directory.resolve("nixlab/lib").resolve(name), Map.of())) {
            Files.writeString(entries.getPath("/changed"), "changed");
        }
    }
}
