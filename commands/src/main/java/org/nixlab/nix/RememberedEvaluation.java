package org.nixlab.nix;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import static java.util.Objects.requireNonNull;

/**
 * All there is to an evaluation, as it is written down.
 *
 * @param networkFile its real path
 * @param part what of it was evaluated
 * @param expressions the name of the directory of the expressions that made it
 * @param plan what Nix printed
 * @param sources the files read, the network file first
 * @param notes what Nix wrote to standard error
 */
public record RememberedEvaluation(
        String networkFile,
        NetworkPart part,
        String expressions,
        JsonNode plan,
        Map<String, Sources.Stamp> sources,
        List<String> notes) {
    public RememberedEvaluation {
        requireNonNull(networkFile, "networkFile");
        requireNonNull(part, "part");
        requireNonNull(expressions, "expressions");
        requireNonNull(plan, "plan");
        requireNonNull(sources, "sources");
        requireNonNull(notes, "notes");
    }
}
