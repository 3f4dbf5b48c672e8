package org.nixlab.nix;

import java.util.List;
import java.util.Optional;

import org.nixlab.model.Network;
import org.nixlab.model.test.TestScript;

import static java.util.Objects.requireNonNull;

/**
 * An evaluated network file.
 *
 * @param network what it describes; the files and store items in it lie in nixlab's cache
 * @param test the script of the test in the file, if it was asked for and there is one
 * @param sources the files it was read from
 * @param notes what Nix and the configurations want the user to know, one line each
 */
public record Evaluation(Network network, Optional<TestScript> test, Sources sources, List<String> notes) {
    public Evaluation {
        requireNonNull(network, "network");
        requireNonNull(test, "test");
        requireNonNull(sources, "sources");
        notes = List.copyOf(notes);
    }
}
