package org.nixlab.nix.nixos;

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;

final class NixosBuildFailureTest {
    private static final String DERIVATION = "/nix/store/0c5vqzb6n4y4qg0v4q2d5d6x0bnmjvk1-site.drv";

    private final NixBuildLog log = new NixBuildLog(new NixBuildListener() {
        @Override
        public void step(String detail, double fraction) {}

        @Override
        public void now(String text) {}

        @Override
        public void note(String line) {}
    });

    /** Nix quotes its last lines in its own error. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cannot connect to socket at '/run/db': Permission denied",
                "cannot connect to socket at '/run/db': Connection refused",
                "error: creating directory '/build/store': Permission denied",
                "error: the build users group 'b' has no members",
                "a 'sparc-linux' with features {kvm} is required to build '/nix/store/other.drv'",
                "specified: 1 got: 2",
            })
    void whatABuilderPrintsIsNoReasonOfNix(String printed) throws Exception {
        tell("error: builder for '%s' failed with exit code 1;\n       last 1 log lines:\n       > %s\n"
                        .formatted(DERIVATION, printed)
                + "       For full logs, run 'nix log %s'.".formatted(DERIVATION));

        var failure = failure();

        assertThat(failure).hasMessageStartingWith("site could not be built");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BUILD_FAILED);
        assertThat(failure.place()).isEqualTo(DERIVATION);
    }

    @Test
    void whatNixSaysBesideThatIs() throws Exception {
        tell("error: cannot connect to socket at '/nix/s': Permission denied");

        assertThat(failure()).hasMessage("you may not use Nix's daemon");
    }

    private LabException failure() {
        try {
            return NixosBuildFailure.of(log, List.of(SampleNetworks.machine("web", 1)));
        } catch (LabException e) {
            return e;
        }
    }

    private void tell(String error) throws Exception {
        var event = new ObjectMapper()
                .createObjectNode()
                .put("action", "msg")
                .put("level", 0)
                .put("msg", error);
        for (byte b : ("@nix " + event + "\n").getBytes(StandardCharsets.UTF_8)) {
            log.write(b);
        }
    }
}
