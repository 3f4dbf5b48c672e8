package org.nixlab.machine.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The firewall of a guest, read from what {@code nft list ruleset} and {@code iptables-save} print. */
final class FirewallRules {
    /** Prints them; a guest without one of the programs has no rules of it. */
    static final String COMMAND = "nft list ruleset 2>/dev/null; iptables-save 2>/dev/null; :";

    private static final Pattern REFUSES = Pattern.compile(
            "hook input [^\n]*policy drop|^:INPUT DROP|nixos-fw-log-refuse|nixos-fw-refuse", Pattern.MULTILINE);
    private static final Pattern ACCEPTED = Pattern.compile(
            "tcp dport (\\{[^}]*}|[\\w-]+) accept|--dports? ([\\d:,]+) .*-j (?:ACCEPT|nixos-fw-accept)");
    private static final Pattern RANGE = Pattern.compile("(\\d+)(?:[-:](\\d+))?");

    private final boolean refuses;
    private final List<int[]> ranges;

    private FirewallRules(boolean refuses, List<int[]> ranges) {
        this.refuses = refuses;
        this.ranges = ranges;
    }

    static FirewallRules read(String printed) {
        var ranges = new ArrayList<int[]>();
        ACCEPTED.matcher(printed)
                .results()
                .map(match -> Optional.ofNullable(match.group(1)).orElse(match.group(2)))
                .flatMap(ports -> RANGE.matcher(ports).results())
                .forEach(range -> ranges.add(bounds(range)));
        return new FirewallRules(REFUSES.matcher(printed).find(), ranges);
    }

    private static int[] bounds(MatchResult range) {
        int first = Integer.parseInt(range.group(1));
        return new int[] {first, range.group(2) == null ? first : Integer.parseInt(range.group(2))};
    }

    /** Returns what it says of a port to others, or an empty text if it refuses nothing. */
    String words(int port) {
        if (!refuses) {
            return "";
        }
        boolean open = ranges.stream().anyMatch(range -> range[0] <= port && port <= range[1]);
        return "the firewall " + (open ? "lets others in at port " : "lets nobody else in at port ") + port;
    }
}
