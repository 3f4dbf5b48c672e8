package org.nixlab.command.verb;

import java.util.Optional;

import org.nixlab.model.Selector;

/**
 * One side of a copy.
 *
 * @param machines empty for the host
 * @param path a path there; on the host {@code -} is standard input or output
 */
record CopyPlace(Optional<Selector> machines, String path) {
    boolean isStream() {
        return machines.isEmpty() && path.equals("-");
    }

    static CopyPlace of(String word) {
        int colon = word.indexOf(':');
        if (colon <= 0 || word.lastIndexOf('/', colon) >= 0) {
            return new CopyPlace(Optional.empty(), word);
        }
        var path = word.substring(colon + 1);
        return new CopyPlace(Optional.of(new Selector(word.substring(0, colon))), path.isEmpty() ? "./" : path);
    }
}
