package org.nixlab.nix.complaint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class StoreAccessTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "error: cannot connect to socket at '/nix/s': Permission denied | you may not use Nix's daemon | /nix/s | nix-users",
                "error: getting status of /nix/var/nix/daemon-socket/socket: Permission denied"
                        + " | you may not use Nix's daemon | /nix/var/nix/daemon-socket/socket | nix-users",
                "error: cannot connect to socket at '/nix/s': Connection refused"
                        + " | Nix's daemon does not run | /nix/s | systemctl start",
                "error: creating directory '/nix/store': Permission denied"
                        + " | you may not write to Nix's store, and there is no daemon that does it for you"
                        + " | /nix/store | nix-setup-systemd",
                "error: the build users group 'b' has no members"
                        + " | Nix, as root, builds as the users of the group b, and there are none on this host"
                        + " | build-users-group | nix.conf",
            })
    void whatKeepsNixFromItsStoreIsSaidWithAWayOut(String error, String message, String place, String hint) {
        var coloured = error.replaceAll("'([^']+)'", "'\u001b[35;1m$1\u001b[0m'");
        assertThatThrownBy(() -> StoreAccess.require(coloured)).isInstanceOfSatisfying(LabException.class, e -> {
            assertThat(e).hasMessage(message);
            assertThat(e.place()).isEqualTo(place);
            assertThat(e.hint()).contains(hint);
            assertThat(e.exitCode()).isEqualTo(ExitCode.HOST_FAILED);
        });
    }

    @Test
    void whatIsOnlyAWarningOrOfAnotherKindIsNot() {
        assertThatNoException()
                .isThrownBy(
                        () -> StoreAccess.require(
                                "warning: the group 'nixbld' specified in 'build-users-group' does not exist\n"
                                        + "error: undefined variable 'x'\nerror: creating directory '/srv/x': Permission denied"));
    }

    /** Programs of Nix that evaluate show it as it comes. */
    @Test
    void whatABuilderPrintsIsNone() {
        assertThatNoException()
                .isThrownBy(() -> StoreAccess.require(
                        "building '/nix/store/x.drv'...\ncannot connect to socket at '/run/db': Permission denied\n"
                                + "error: builder for '/nix/store/x.drv' failed with exit code 1;\n"
                                + "       last 1 log lines:\n"
                                + "       > cannot connect to socket at '/run/db': Permission denied\n"));
    }
}
