package org.nixlab.nix.debian;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;

import static org.assertj.core.api.Assertions.assertThat;

class NetworksPageIT {
    private static final Path PAGE = Path.of("../docs/networks.md");
    private static final Path CHECKS = Path.of("src/test/networks/options");
    private static final String MARK = "<!-- What follows is generated from the options. -->\n";

    @TempDir
    Path cache;

    @Test
    void pageSaysWhatTheOptionsSay() throws IOException {
        var options = new OptionsReader(cache, System.getenv()).read(Deadline.in(Duration.ofMinutes(1)));
        var page = Files.readString(PAGE);
        var byHand = page.substring(0, page.indexOf(MARK) + MARK.length());

        var expected = byHand + new NetworksPage(options, checked()).text();

        if (Boolean.getBoolean("nixlab.update")) {
            Files.writeString(PAGE, expected);
        } else {
            assertThat(page)
                    .as("docs/networks.md is stale; renew it with: mvn verify -pl commands -Dsurefire.skip"
                            + " -Dit.test=NetworksPageIT -Dnixlab.update=true")
                    .isEqualTo(expected);
        }
    }

    /** Returns every word of the checks that are run in guests: among them are the names of the options they look at. */
    private static Set<String> checked() throws IOException {
        var words = new HashSet<String>();
        if (Files.isDirectory(CHECKS)) {
            try (var files = Files.newDirectoryStream(CHECKS, "*.checks")) {
                for (var file : files) {
                    words.addAll(List.of(Files.readString(file).split("[\\s,:=]+")));
                }
            }
        }
        return words;
    }
}
