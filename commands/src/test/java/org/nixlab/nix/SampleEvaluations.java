package org.nixlab.nix;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.Detail;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.nix.debian.NetworkEvaluator;
import org.nixlab.nix.nixos.NixosEvaluator;
import org.nixlab.nix.nixos.SamplePrograms;
import org.nixlab.nix.nixos.SampleTree;

/**
 * Evaluates network files for both guest systems, with few packages and a small tree.
 *
 * @param cache where evaluations are kept
 */
public record SampleEvaluations(Path cache) {
    private static final Path INDEX = Path.of("src/test/networks/package-index.json");

    public Evaluation debian(Path file, NetworkPart part) {
        return debian().evaluate(file, part, INDEX, GuestArchitecture.X86_64, Detail.SCREEN, minute());
    }

    NetworkEvaluator debian() {
        return new NetworkEvaluator(cache, Map.of());
    }

    /** @param arguments a Nix expression: what the file is called with; empty for nothing */
    Evaluation nixos(SampleTree tree, Path file, NetworkPart part, String arguments) {
        var request = new NixosEvaluator.Request(
                file,
                Optional.empty(),
                Optional.of(tree.path().toString()),
                List.of(),
                arguments,
                GuestArchitecture.X86_64,
                part,
                Detail.SCREEN);
        return new NixosEvaluator(cache, tree.environment(), SamplePrograms.all()).evaluate(request, minute());
    }

    private static Deadline minute() {
        return Deadline.in(Duration.ofMinutes(1));
    }
}
