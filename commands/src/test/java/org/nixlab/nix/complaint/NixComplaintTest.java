package org.nixlab.nix.complaint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NixComplaintTest {
    /** A file may import another tree than the one that was asked which Nix it needs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "This version of Nixpkgs requires Nix >= 2.18, please upgrade:",
                "This version of Nixpkgs requires an implementation of Nix with the following features:\n"
                        + "- a `builtins.nixVersion` that reports at least 2.18",
            })
    void whatATreeSaysToAnOldNixIsOneLine(String said) {
        var told = NixComplaint.tell("evaluation aborted with the following error message: '\n" + said, false);

        assertThat(told.message()).isEqualTo("this nixpkgs needs Nix 2.18 or newer");
        assertThat(told.hint()).contains("https://nixos.org/download");
    }

    @Test
    void aPackageThatIsRefusedNamesTheSettingThatTakesIt() {
        var told = NixComplaint.tell(
                "Package ‘python-2.7.18’ in /x/default.nix:336 is marked as insecure, refusing to"
                        + " evaluate.\n\nKnown issues:\n - old\n",
                false);

        assertThat(told.message()).isEqualTo("Package ‘python-2.7.18’ is marked as insecure");
        assertThat(told.hint())
                .isEqualTo("a machine takes it with nixpkgs.config.permittedInsecurePackages = [ \"python-2.7.18\" ];");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            value is a function while a set was expected                          | there is a function where a set is wanted
            attempt to call something which is not a function but a set           | a set is called like a function
            opening directory '/x/made': No such file or directory                | could not read the directory /x/made: No such file or directory
            [json.exception.parse_error.101] parse error at line 1, column 2: odd | what builtins.fromJSON is given is no JSON at line 1, column 2
            """)
    void wordsOfNixsOwnAreToldPlainly(String nix, String message) {
        assertThat(NixComplaint.tell(nix, true).message()).isEqualTo(message);
    }

    @Test
    void adviceForDebianGuestsIsNotGivenToOthers() {
        var message = "file 'home-manager/nixos' was not found in the Nix search path (add it using $NIX_PATH or -I)";

        assertThat(NixComplaint.tell(message, true).hint()).startsWith("Debian guests need no nixpkgs");
        assertThat(NixComplaint.tell(message, false).hint())
                .isEqualTo("say where it is: -I home-manager=DIRECTORY; for your own files write ./FILE");
    }
}
