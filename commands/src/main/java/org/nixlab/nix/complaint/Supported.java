package org.nixlab.nix.complaint;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * What Debian guests have; asked only when something was not found.
 *
 * @param packages the names {@code pkgs} has on any architecture
 * @param options the names of all options
 */
public record Supported(Supplier<Collection<String>> packages, Supplier<Collection<String>> options) {
    /** Returns whether there is an option by this name, or below or above it; {@code <name>} and {@code *} stand for any. */
    boolean hasOptionAt(List<String> path) {
        return options.get().stream().anyMatch(option -> fits(List.of(option.split("\\.")), path));
    }

    private static boolean fits(List<String> option, List<String> path) {
        for (int i = 0; i < Math.min(option.size(), path.size()); i++) {
            var part = option.get(i);
            if (!part.equals(path.get(i)) && !part.startsWith("<") && !part.equals("*")) {
                return false;
            }
        }
        return true;
    }
}
