package org.nixlab.nix;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.model.GuestArchitecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What the user reads when a network file is wrong: all of it, word for word. */
class BadNetworksIT {
    private static final Path BAD = Path.of("src/test/networks/bad").toAbsolutePath();

    @TempDir
    static Path cache;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', emptyValue = "", nullValues = "-", textBlock = """
            x | x | x | x
            """)
    void wrongNetworkFile(String file, String message, String place, String hint) {
        var failure = failure(BAD.resolve(file), false);

        assertThat(failure.exitCode()).isEqualTo(ExitCode.BUILD_FAILED);
        assertThat(failure).hasMessage(message);
        assertThat(failure.place()).isEqualTo(BAD + "/" + place);
        assertThat(failure.hint()).isEqualTo(hint == null ? "" : hint);
    }

    private static LabException failure(Path file, boolean showTrace) {
        var evaluator = new NetworkEvaluator(cache, System.getenv());
        return catchThrowableOfType(
                LabException.class,
                () -> evaluator.evaluate(
                        file,
                        Path.of("src/test/networks/package-index.json"),
                        GuestArchitecture.X86_64,
                        showTrace,
                        Deadline.in(Duration.ofMinutes(1))));
    }
}
