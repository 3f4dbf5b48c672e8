package org.nixlab.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every method of machines does the same on real guests, whatever language calls it. */
@Timeout(1800)
class MethodSuiteIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"suite.groovy", "suite.py"})
    void methodsDoWhatIsExpected(String script) throws IOException {
        try (var files = Files.list(MethodSuite.DIRECTORY)) {
            for (var file : files.toList()) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }

        var result = Launcher.run(directory, Duration.ofMinutes(25), "script", "--network", "network.nix", script);

        assertThat(result.exitCode()).as("%s%n%s", result.out(), result.err()).isZero();
        var calls = calls(script);
        assertThat(result.out()).contains(script + ": passed, " + calls + " of " + calls + " steps");
    }

    private static long calls(String script) {
        return MethodSuite.expectations().stream()
                .filter(entry -> script.endsWith(".py") || !entry.containsKey("only"))
                .count();
    }
}
