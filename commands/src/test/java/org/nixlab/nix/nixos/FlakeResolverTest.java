package org.nixlab.nix.nixos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.nix.plan.Json;

import static org.assertj.core.api.Assertions.assertThat;

/** With programs that answer as those of Nix do. */
@Timeout(20)
final class FlakeResolverTest {
    @TempDir
    private Path directory;

    @Test
    void whatLiesOnThisHostIsReadThereWhateverItsName() throws IOException {
        for (var name : List.of("plain", "a flake", "caf\u00e9", "100%25", "${x}")) {
            var flake = Files.createDirectories(directory.resolve(name));
            for (var url : List.of("path:" + flake, "path:" + flake.toUri().getRawPath() + "?lastModified=1")) {
                assertThat(resolve(url).directory()).as(url).contains(flake);
            }
        }
    }

    @Test
    void theReferenceIsAStringToNixWhateverIsInIt() throws IOException {
        resolve("path:/${x}\"");

        assertThat(directory.resolve("asked")).content().contains("builtins.getFlake \"path:/\\${x}\\\"\";");
    }

    private Flake resolve(String url) throws IOException {
        var metadata = Json.write(Map.of("resolvedUrl", url, "url", url, "path", "/nix/store/x-source"));
        Files.write(directory.resolve("metadata"), metadata);
        program("nix", "cat " + directory.resolve("metadata"));
        program("nix-instantiate", "printf '%s\\n' \"$@\" > " + directory.resolve("asked") + "; echo '\"\"'");
        var environment = Map.of("PATH", directory + ":" + System.getenv("PATH"));
        return new FlakeResolver(environment, List.of()).resolve(url, Deadline.in(Duration.ofSeconds(10)));
    }

    private void program(String name, String body) throws IOException {
        Files.writeString(directory.resolve(name), "#!/bin/sh\n" + body + "\n");
        assertThat(directory.resolve(name).toFile().setExecutable(true)).isTrue();
    }
}
