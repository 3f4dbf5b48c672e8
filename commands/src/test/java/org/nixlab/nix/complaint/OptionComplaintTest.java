package org.nixlab.nix.complaint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** In the words of nixpkgs 19.09, 24.11 and 26.11. */
final class OptionComplaintTest {
    @TempDir
    private Path directory;

    @Test
    void anUnknownOptionIsPlacedWhereItsNameStands() throws IOException {
        var file =
                Files.writeString(directory.resolve("n.nix"), "{\n  web = {\n    services.opensshd.enable = true;\n");

        for (var message : new String[] {
            "The option `services.opensshd' defined in `" + file + "' does not exist.",
            "The option `nodes.web.services.opensshd' does not exist. Definition values:\n- In `" + file
                    + "':\n    {\n      enable = true;\n    }",
        }) {
            var told = OptionComplaint.tell(message).orElseThrow();
            assertThat(told.getMessage()).endsWith("option `services.opensshd` does not exist");
            assertThat(told.place()).isEqualTo(file + ":3:14");
        }
    }

    @Test
    void theMachineAndWhatMayBeMeantAreNamed() {
        var told = OptionComplaint.tell("The option `nodes.web.services.opensshd' does not exist. Definition values:\n"
                        + "- In `/nowhere/n.nix':\n    {\n    }\n\nDid you mean `nodes.web.services.openssh'?")
                .orElseThrow();

        assertThat(told).hasMessage("machine `web`: option `services.opensshd` does not exist");
        assertThat(told.place()).isEqualTo("/nowhere/n.nix");
        assertThat(told.hint()).isEqualTo("did you mean `services.openssh`?");
    }

    @Test
    void aValueOfAnotherTypeIsShown() {
        var told = OptionComplaint.tell("A definition for option `nodes.web.services.openssh.enable' is not of type"
                        + " `boolean'. Definition values:\n- In `/nowhere/n.nix': \"yes\"")
                .orElseThrow();

        assertThat(told)
                .hasMessage("machine `web`: option `services.openssh.enable` wants a value of the type boolean, not"
                        + " \"yes\"");
    }

    @Test
    void aValueInAListIsPlacedAtItsOption() throws IOException {
        var file = Files.writeString(directory.resolve("n.nix"), "{ web = { virtualisation.vlans = [ \"a\" ]; }; }\n");

        var told = OptionComplaint.tell(
                        "A definition for option `nodes.web.virtualisation.vlans.\"[definition 1-entry 1]\"'"
                                + " is not of type `unsigned integer'. Definition values:\n- In `" + file + "': \"a\"")
                .orElseThrow();

        assertThat(told)
                .hasMessage(
                        "machine `web`: option `virtualisation.vlans` wants a value of the type unsigned integer, not"
                                + " \"a\"");
        assertThat(told.place()).isEqualTo(file + ":1:26");
    }

    @Test
    void conflictsShowBothSides() {
        var told = OptionComplaint.tell(
                        "The option `nodes.web.networking.hostName' has conflicting definition values:\n"
                                + "- In `/a.nix': \"x\"\n- In `/b.nix': \"y\"\nUse `lib.mkForce value` to resolve.")
                .orElseThrow();

        assertThat(told)
                .hasMessage("machine `web`: option `networking.hostName` has conflicting definitions\n"
                        + "  /a.nix (\"x\")\n  /b.nix (\"y\")");
        assertThat(told.hint()).isEqualTo("lib.mkForce makes one of them win");
    }

    @Test
    void failedAssertionsAreListed() {
        var told = OptionComplaint.tell("\nFailed assertions:\n- The one thing.\n- The other.")
                .orElseThrow();

        assertThat(told).hasMessage("the configuration contradicts itself:\n  - The one thing.\n  - The other.");
    }

    @Test
    void otherMessagesAreNotTouched() {
        assertThat(OptionComplaint.tell("attribute 'x' missing")).isEmpty();
    }

    @Test
    void whatIsNoConfigurationIsNotNamedByItsInnerNames() {
        assertThat(OptionComplaint.tell(
                        "The option `nodes.meta.nixpkgs.AAAAAASomeThingsFailToEvaluate' does not exist."))
                .get()
                .satisfies(failure -> assertThat(failure)
                        .hasMessage("machine `meta` has all packages of nixpkgs where options are wanted"));
        assertThat(OptionComplaint.tell("The option `nodes.iptables.nixlabTest' does not exist."))
                .get()
                .satisfies(failure -> {
                    assertThat(failure).hasMessage("machine `iptables` is a test of its own, not a configuration");
                    assertThat(failure.hint()).isEqualTo("choose it: FILE#iptables");
                });
    }
}
