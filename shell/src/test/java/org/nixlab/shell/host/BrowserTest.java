package org.nixlab.shell.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;

import static org.assertj.core.api.Assertions.assertThat;

class BrowserTest {
    @TempDir
    Path directory;

    private Path seen;

    @BeforeEach
    void putPrograms() throws IOException {
        seen = directory.resolve("seen");
        for (var name : new String[] {"xdg-open", "mine"}) {
            var program = directory.resolve(name);
            Files.writeString(program, "#!/bin/sh\necho \"%s $1\" >%s.new; mv %2$s.new %2$s\n".formatted(name, seen));
            assertThat(program.toFile().setExecutable(true)).isTrue();
        }
    }

    @Test
    void theUsersBrowserIsStarted() {
        new Browser(Map.of("DISPLAY", ":0", "PATH", directory.toString())).open("http://127.0.0.1:1/a?b=c&d");

        assertThat(awaitSeen()).isEqualTo("xdg-open http://127.0.0.1:1/a?b=c&d\n");
    }

    @Test
    void theUsersChoiceComesFirst() {
        new Browser(Map.of("WAYLAND_DISPLAY", "w", "PATH", directory.toString(), "BROWSER", "mine")).open("http://x/");

        assertThat(awaitSeen()).isEqualTo("mine http://x/\n");
    }

    @Test
    void withoutAScreenOrABrowserNothingHappens() {
        new Browser(Map.of("PATH", directory.toString())).open("http://x/");
        new Browser(Map.of("DISPLAY", ":0", "PATH", "/nowhere")).open("http://x/");

        assertThat(seen).doesNotExist();
    }

    private String awaitSeen() {
        Await.host()
                .until(
                        new Condition("the browser", () -> new Observation(Files.exists(seen), "not yet"), ""),
                        Deadline.in(Duration.ofSeconds(20)));
        try {
            return Files.readString(seen);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
