package org.nixlab.nix.debian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.nixlab.model.GuestFile;
import org.nixlab.model.Machine;
import org.nixlab.nix.Evaluation;
import org.nixlab.nix.NetworkPart;
import org.nixlab.nix.SampleEvaluations;

/**
 * Network files that a test writes, evaluated for Debian guests.
 *
 * @param home where they are written
 */
record WrittenNetworks(Path home) {
    Evaluation evaluate(String text) {
        try {
            return evaluate(Files.writeString(home.resolve("network.nix"), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Evaluation evaluate(Path file) {
        return new SampleEvaluations(home.resolve("cache")).debian(file, NetworkPart.ALL);
    }

    /** Returns what a file of a machine says. */
    static String text(Machine machine, String path) {
        return machine.configuration().files().stream()
                .filter(file -> file.path().equals(path))
                .map(file -> ((GuestFile.Text) file.content()).text())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no file " + path));
    }
}
