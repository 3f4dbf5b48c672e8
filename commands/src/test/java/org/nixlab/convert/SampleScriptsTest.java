package org.nixlab.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The samples in {@code src/test/convert}, each with the scenario it becomes; the shell's tests compile and run those. */
class SampleScriptsTest {
    private static final Path SAMPLES = Path.of("src/test/convert");

    @ParameterizedTest
    @MethodSource("samples")
    void sampleBecomesItsScenario(Path sample) throws IOException {
        var name = sample.getFileName().toString();
        var expected = SAMPLES.resolve(name.replaceAll("\\.\\w+$", ".groovy"));
        var text = Files.readString(sample);

        var scenario = (name.endsWith(".nix") ? Converted.nix(text) : Converted.script(text)).scenario();
        if (Boolean.getBoolean("nixlab.update")) {
            Files.writeString(expected, scenario);
        }

        assertThat(expected)
                .as("changed? look at it: mvn -pl commands test -Dtest=SampleScriptsTest -Dnixlab.update=true")
                .hasContent(scenario);
    }

    static List<Path> samples() throws IOException {
        try (var files = Files.list(SAMPLES)) {
            return files.filter(file -> !file.toString().endsWith(".groovy"))
                    .sorted()
                    .toList();
        }
    }
}
