package org.nixlab.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every example does what its header says. */
@Timeout(1800)
class ExamplesIT {
    private static final Path EXAMPLES = Path.of("../scripts-examples");

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("examples")
    void exampleRuns(String example) throws IOException {
        copy(example);

        passes("scenario.groovy");

        assertThat(Files.readAllLines(directory.resolve("scenario.groovy")).get(0))
                .startsWith("// Shows: ");
    }

    /** Boots of all once more would take minutes, and what scripts can say is tried elsewhere. */
    @ParameterizedTest
    @ValueSource(strings = {"dns", "seed"})
    void scriptOfTestTellsTheSameStory(String example) throws IOException {
        copy(example);

        passes("--network", "network.nix", "test.py");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void scriptOfTestHasNoMistakes(String example) throws IOException {
        copy(example);

        passes("--check", "--network", "network.nix", "test.py");
    }

    private void copy(String example) throws IOException {
        try (var files = Files.list(EXAMPLES.resolve(example))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
    }

    private void passes(String... words) {
        var line = Stream.concat(Stream.of("script"), Stream.of(words)).toArray(String[]::new);

        var result = Launcher.run(directory, Duration.ofMinutes(25), line);

        assertThat(result.exitCode()).as("%s%n%s", result.out(), result.err()).isZero();
    }

    static List<String> examples() throws IOException {
        try (var directories = Files.list(EXAMPLES)) {
            return directories
                    .filter(path -> Files.exists(path.resolve("scenario.groovy")))
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
