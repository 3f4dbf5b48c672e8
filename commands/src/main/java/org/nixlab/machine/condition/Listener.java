package org.nixlab.machine.condition;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A socket of a guest that listens on a TCP port.
 *
 * @param address where, without its scope; {@code *} for all of IPv4 and IPv6
 * @param program the name of a program that holds it, or empty
 */
record Listener(String address, int port, String program) {
    private static final Set<String> EVERYWHERE = Set.of("*", "0.0.0.0", "::");
    private static final Set<String> EVERYWHERE_OF_4 = Set.of("*", "0.0.0.0");
    private static final Set<String> EVERYWHERE_OF_6 = Set.of("*", "::");
    private static final Pattern PROGRAM = Pattern.compile("users:\\(\\(\"([^\"]*)\"");

    /** Reads what {@code ss -Hltn} prints, with programs or without. */
    static List<Listener> read(String printed) {
        return printed.lines().map(Listener::ofLine).flatMap(Optional::stream).toList();
    }

    private static Optional<Listener> ofLine(String line) {
        var words = line.strip().split("\\s+");
        int colon = words.length < 5 ? -1 : words[3].lastIndexOf(':');
        if (colon < 0 || !words[3].substring(colon + 1).matches("\\d{1,5}")) {
            return Optional.empty();
        }
        var address = words[3].substring(0, colon).replaceAll("[\\[\\]]", "").replaceAll("%.*", "");
        var program = PROGRAM.matcher(line);
        return Optional.of(new Listener(
                address.replaceFirst("^::ffff:(?=\\d+\\.)", ""),
                Integer.parseInt(words[3].substring(colon + 1)),
                program.find() ? program.group(1) : ""));
    }

    /** Returns whether who connects to one of these addresses of the guest reaches it. */
    boolean answersOn(List<String> addresses) {
        return addresses.stream().anyMatch(wanted -> {
            var everywhere = wanted.equals("0.0.0.0") || wanted.equals("::")
                    ? EVERYWHERE
                    : wanted.contains(":") ? EVERYWHERE_OF_6 : EVERYWHERE_OF_4;
            return address.equals(wanted) || everywhere.contains(address);
        });
    }

    /** Returns it as people write it. */
    String words() {
        return (program.isEmpty() ? "" : program + " on ") + (address.contains(":") ? "[" + address + "]" : address)
                + ":" + port;
    }

    static String words(List<Listener> listeners, int most) {
        var words = listeners.stream().map(Listener::words).distinct().toList();
        var shown = String.join(", ", words.subList(0, Math.min(most, words.size())));
        return words.size() > most ? shown + " and " + (words.size() - most) + " more" : shown;
    }
}
