package org.nixlab.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.nixlab.base.LabException;

/**
 * A choice of machines as users write it: {@code web}, {@code web*}, {@code web[1-3]}, {@code a,b}, {@code @tag},
 * {@code all}, {@code !web}. Parts are joined by commas; a part with {@code !} removes machines, from all if nothing
 * was chosen before it.
 *
 * @param text as the user wrote it
 */
public record Selector(String text) {
    public static final Selector ALL = new Selector("all");

    /**
     * Returns the machine of a name, also where the name is a word that chooses others; else the first that it chooses.
     *
     * @throws LabException (usage) if there is none; names the closest machines
     */
    public static Machine one(String name, Network network) {
        return network.machines().stream()
                .filter(machine -> machine.name().equals(name))
                .findFirst()
                .orElseGet(() -> new Selector(name).select(network).get(0));
    }

    /**
     * Returns the chosen machines in the network's order.
     *
     * @throws LabException (usage) if a part matches nothing; names the closest machines
     */
    public List<Machine> select(Network network) {
        Set<Machine> chosen = new LinkedHashSet<>();
        boolean first = true;
        for (var part : text.split(",", -1)) {
            boolean exclude = part.startsWith("!");
            var matching = matching(exclude ? part.substring(1) : part, network);
            if (exclude) {
                if (first) {
                    chosen.addAll(network.machines());
                }
                matching.forEach(chosen::remove);
            } else {
                chosen.addAll(matching);
            }
            first = false;
        }
        if (chosen.isEmpty()) {
            throw LabException.input(
                    "'" + text + "' selects no machine", "", "the machines are: " + String.join(" ", network.names()));
        }
        return network.machines().stream().filter(chosen::contains).toList();
    }

    private static List<Machine> matching(String part, Network network) {
        List<Machine> found;
        if (part.equals("all")) {
            return network.machines();
        }
        if (part.startsWith("@")) {
            var tag = part.substring(1);
            found = network.machines().stream()
                    .filter(machine -> machine.identity().tags().contains(tag))
                    .toList();
        } else {
            var pattern = pattern(part);
            found = network.machines().stream()
                    .filter(machine -> pattern.matcher(machine.name()).matches())
                    .toList();
        }
        if (found.isEmpty()) {
            throw LabException.input("there is no machine '" + part + "'", "", hint(part, network));
        }
        return found;
    }

    private static String hint(String part, Network network) {
        var near = NearNames.of(part, network.names());
        return near.isEmpty()
                ? "the machines are: " + String.join(" ", network.names())
                : "did you mean " + near.stream().map(name -> "'" + name + "'").collect(Collectors.joining(" or "))
                        + "?";
    }

    private static Pattern pattern(String part) {
        var range = Pattern.compile("(.*)\\[(\\d+)-(\\d+)](.*)").matcher(part);
        if (range.matches()) {
            var numbers = new ArrayList<String>();
            int from = number(range.group(2));
            int to = Math.min(number(range.group(3)), from + 1000);
            for (int number = from; number <= to; number++) {
                numbers.add(Integer.toString(number));
            }
            if (numbers.isEmpty()) {
                return Pattern.compile("(?!)");
            }
            numbers.sort(Comparator.comparing(String::length).reversed());
            return Pattern.compile(
                    glob(range.group(1)) + "(?:" + String.join("|", numbers) + ")" + glob(range.group(4)));
        }
        return Pattern.compile(glob(part));
    }

    /** More digits than any machine is numbered with are as good as nine. */
    private static int number(String digits) {
        return digits.length() > 9 ? 1_000_000_000 : Integer.parseInt(digits);
    }

    private static String glob(String text) {
        return text.chars()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining());
    }
}
