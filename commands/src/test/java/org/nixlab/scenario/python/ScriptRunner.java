package org.nixlab.scenario.python;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Runs scripts by the host's Python, with the machines {@code web} and {@code db-1}, whose host name is {@code store}. */
record ScriptRunner(Path directory, FakeTestHost host) {
    private static final Deadline SOON = Deadline.in(Duration.ofMinutes(2));

    static PythonScript script(Path directory, String text) {
        return new PythonScript(
                "test.py",
                text,
                Map.of("/nix/store/abc-page", directory.resolve("page")),
                directory,
                directory,
                List.of(
                        new PythonScript.Node("db-1", "store", directory.resolve("db-1")),
                        new PythonScript.Node("web", "web", directory.resolve("web"))),
                Set.of(1, 7),
                Set.of("journal"));
    }

    PythonRun of(String text) {
        host.belongToThisThread();
        return new PythonRun(script(directory, text), host, PythonInterpreter.ofHost(), directory);
    }

    /** Runs a script that passes; nothing is left of it. */
    void run(String text) throws IOException {
        of(text).run(SOON);
        assertNothingIsLeft();
    }

    /** Runs a script that fails; nothing is left of it. */
    LabException failureOf(String text) throws IOException {
        var failure = catchThrowableOfType(LabException.class, () -> of(text).run(SOON));
        assertThat(failure).as("a failure").isNotNull();
        assertNothingIsLeft();
        return failure;
    }

    void assertNothingIsLeft() throws IOException {
        try (var files = Files.list(directory)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("python-")))
                    .isEmpty();
        }
    }
}
