package org.nixlab.nix.complaint;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MissingAttributeTest {
    private static final Supported DEBIAN = new Supported(
            () -> List.of(
                    "firehol",
                    "firefox-esr",
                    "firefox-esr-l10n-de",
                    "go",
                    "go_1_19",
                    "lynx",
                    "postgresql_15",
                    "postgresql",
                    "python3-flask",
                    "redis",
                    "redis-tools"),
            () -> List.of("services.nginx.enable"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            firefox       | did you mean 'pkgs.firefox-esr' or 'pkgs.firefox-esr-l10n-de'?
            lynxx         | did you mean 'pkgs.lynx'?
            go_1_21       | did you mean 'pkgs.go' or 'pkgs.go_1_19'?
            redis_7       | did you mean 'pkgs.redis'?
            postgresql_14 | did you mean 'pkgs.postgresql' or 'pkgs.postgresql_15'?
            terraform     | ''
            """)
    void nearPackagesHelp(String name, String hint) {
        assertThat(told(name, "pkgs." + name).hint()).isEqualTo(hint.equals("''") ? "" : hint);
    }

    @Test
    void librariesOfPythonAreNoAttributes() {
        var failure = told("flaskk", "ps.flaskk ps.requests");

        assertThat(failure).hasMessage("there is no library 'flaskk' for Python");
        assertThat(failure.hint()).isEqualTo("did you mean 'flask'?");
        assertThat(told("flaskk", "pkgs.python3Packages.flaskk"))
                .hasMessage("`pkgs.python3Packages` has no 'flaskk'")
                .extracting("hint")
                .isEqualTo("did you mean 'flask'?");
    }

    @Test
    void whatIsLookedForInSomethingUnknownIsLeftToNix() {
        assertThat(new MissingAttribute("x", "mine.x", "", Optional.of(DEBIAN)).told())
                .isEmpty();
    }

    private static NixException told(String name, String source) {
        return new MissingAttribute(name, source, "", Optional.of(DEBIAN))
                .told()
                .orElseThrow();
    }
}
