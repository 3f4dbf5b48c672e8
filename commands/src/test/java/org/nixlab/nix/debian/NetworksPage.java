package org.nixlab.nix.debian;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.nixlab.model.option.OptionDocument;

/** Writes the reference of all options for {@code docs/networks.md}. */
final class NetworksPage {
    /** What precedes a difference from NixOS at the end of a description. */
    private static final String DIFFERENCE = " Difference from NixOS: ";

    /** What an option says that nothing could be seen of. */
    private static final String INERT = "Accepted without effect";

    private static final Set<String> GROUPED_BY_TWO = Set.of("programs", "services");

    private final List<OptionDocument> options;
    private final Set<String> checked;

    /** @param checked the names of options whose effect a test sees in a guest */
    NetworksPage(List<OptionDocument> options, Set<String> checked) {
        this.options = options;
        this.checked = checked;
    }

    String text() {
        return differences() + reference();
    }

    private String differences() {
        return "\n## Differences from NixOS\n\n"
                + options.stream()
                        .filter(option -> option.description().contains(DIFFERENCE))
                        .map(option -> "- `" + option.name() + "`: " + difference(option) + "\n")
                        .collect(Collectors.joining());
    }

    private String reference() {
        long inert = options.stream().filter(NetworksPage::isInert).count();
        long unseen = options.stream().filter(this::isUnseen).count();
        var text = new StringBuilder("\n## Options\n\n")
                .append(options.size() + " options, " + inert + " of which are accepted without effect. A test sees the"
                        + " effect of each of the others in a guest, but for " + unseen
                        + ", which are marked \u2020.\n");
        groups().forEach((group, members) -> {
            text.append("\n### ").append(group).append("\n\n");
            members.forEach(option -> text.append(entry(option)));
        });
        return text.toString();
    }

    private boolean isUnseen(OptionDocument option) {
        return !checked.contains(option.name()) && !isInert(option);
    }

    private static boolean isInert(OptionDocument option) {
        return option.description().contains(INERT);
    }

    private Map<String, List<OptionDocument>> groups() {
        return options.stream()
                .collect(Collectors.groupingBy(NetworksPage::group, LinkedHashMap::new, Collectors.toList()));
    }

    private static String group(OptionDocument option) {
        var parts = option.name().split("\\.");
        return GROUPED_BY_TWO.contains(parts[0]) ? parts[0] + "." + parts[1] : parts[0];
    }

    private String entry(OptionDocument option) {
        var entry = new StringBuilder("- `").append(option.name()).append('`');
        if (isUnseen(option)) {
            entry.append(" \u2020");
        }
        entry.append(": ").append(option.type());
        entry.append(option.defaultText().isEmpty() ? ", must be set. " : code(", default", option.defaultText()));
        entry.append(description(option));
        if (!option.example().isEmpty()) {
            entry.append(code(" Example:", option.example()));
        }
        if (!option.renamedFrom().isEmpty()) {
            entry.append(" Older spelling: `").append(option.renamedFrom()).append("`.");
        }
        return entry.toString().stripTrailing() + "\n";
    }

    /** Code of one line goes into the text, longer code into a block of its own. */
    private static String code(String label, String code) {
        return code.contains("\n")
                ? label + "\n\n  ```nix\n" + code.strip().indent(2) + "  ```\n\n  "
                : label + " `" + code + "`. ";
    }

    private static String description(OptionDocument option) {
        int end = option.description().indexOf(DIFFERENCE);
        var text = end < 0 ? option.description() : option.description().substring(0, end);
        return text.strip().replaceAll("\\s+", " ");
    }

    private static String difference(OptionDocument option) {
        var text = option.description();
        return text.substring(text.indexOf(DIFFERENCE) + DIFFERENCE.length()).strip();
    }
}
