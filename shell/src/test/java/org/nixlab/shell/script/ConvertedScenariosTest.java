package org.nixlab.shell.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code convert} writes is Groovy, and calls nothing that scenarios do not have. */
class ConvertedScenariosTest {
    private static final Path SAMPLES = Path.of("../commands/src/test/convert");
    private static final Set<String> MACHINES = Set.of("web", "visitor", "machine", "server", "client", "m");

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsCalledIsThere(Path sample) throws IOException {
        assertThat(ScenarioCalls.unknown(Files.readString(sample), MACHINES)).isEmpty();
    }

    @Test
    void whatIsNotThereIsFound() {
        assertThat(ScenarioCalls.unknown("m.succeed('a'); m.dance(); m.forward(); m.key('a', 'b'); frob(1)", MACHINES))
                .hasSize(4);
    }

    static List<Path> samples() throws IOException {
        try (var files = Files.list(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".groovy"))
                    .sorted()
                    .toList();
        }
    }
}
