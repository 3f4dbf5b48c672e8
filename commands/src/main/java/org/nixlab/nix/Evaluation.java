package org.nixlab.nix;

import java.util.List;

import org.nixlab.model.Network;

/**
 * An evaluated network file.
 *
 * @param network what it describes; the files and store items in it lie in nixlab's cache
 * @param sources the files it was read from
 * @param notes what Nix and the configurations want the user to know, one line each
 */
public record Evaluation(Network network, Sources sources, List<String> notes) {
    public Evaluation {
        notes = List.copyOf(notes);
    }
}
