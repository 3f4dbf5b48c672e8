package org.nixlab.nix.debian;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.model.option.OptionDocument;

import static org.assertj.core.api.Assertions.assertThat;

class OptionsReaderIT {
    @TempDir
    Path cache;

    @Test
    void optionsAreDescribedInAlphabeticalOrder() {
        var options = new OptionsReader(cache, Map.of()).read(minute());

        assertThat(options).isSortedAccordingTo(Comparator.comparing(OptionDocument::name));
        assertThat(options)
                .filteredOn(option -> option.name().equals("services.openssh.enable"))
                .singleElement()
                .satisfies(option -> {
                    assertThat(option.type()).isEqualTo("a boolean");
                    assertThat(option.defaultText()).isEqualTo("false");
                    assertThat(option.description()).isNotEmpty();
                    assertThat(option.renamedFrom()).isEqualTo("services.sshd.enable");
                });
    }

    @Test
    void secondReadingNeedsNoNix() {
        var options = new OptionsReader(cache, Map.of()).read(minute());

        assertThat(new OptionsReader(cache, Map.of("PATH", "/nonexistent")).read(minute()))
                .isEqualTo(options);
    }

    private static Deadline minute() {
        return Deadline.in(Duration.ofMinutes(1));
    }
}
