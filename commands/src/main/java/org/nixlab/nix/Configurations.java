package org.nixlab.nix;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** How the expressions are asked that show a part of a machine's configuration. */
final class Configurations {
    private Configurations() {}

    /** Returns the arguments of {@code show.nix} that say what to show. */
    static List<String> words(String machine, List<String> path, int below) {
        return List.of(
                "--argstr",
                "machine",
                machine,
                "--argstr",
                "path",
                new String(Json.write(path), StandardCharsets.UTF_8),
                "--argstr",
                "below",
                Integer.toString(below));
    }
}
