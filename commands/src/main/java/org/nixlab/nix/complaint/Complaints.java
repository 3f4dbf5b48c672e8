package org.nixlab.nix.complaint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.nixlab.base.Detail;

/** All that is wrong with a network file, as {@code complaints.nix} tells of it, in one message. */
public final class Complaints {
    /** What fits on a screen with a header, the names of some files and the prompt. */
    private static final int SCREEN = 15;

    private static final String TOLD = "trace: nixlab-complaint: ";
    private static final String UNKNOWN = "unknown option ";
    private static final String NEAR = "did you mean ";
    private static final String SUPPORTED = "supported here: ";
    private static final Pattern PLACE = Pattern.compile("(.*?):(\\d+):(\\d+)");
    private static final Comparator<Complaint> BY_PLACE = Comparator.comparing(Complaint::file)
            .thenComparingInt(Complaint::line)
            .thenComparingInt(Complaint::column);
    private static final ObjectMapper JSON = new ObjectMapper();

    private Complaints() {}

    /** One thing that is wrong; place and hint may be empty. */
    private record Complaint(String message, String place, String hint) {
        boolean isUnknownOption() {
            return message.startsWith(UNKNOWN);
        }

        /** Returns whether what to do is about this alone. */
        boolean isOfItsOwn() {
            return hint.startsWith(NEAR) || hint.startsWith(SUPPORTED);
        }

        int line() {
            return number(2);
        }

        int column() {
            return number(3);
        }

        private int number(int group) {
            var place = PLACE.matcher(place());
            return place.matches() ? Integer.parseInt(place.group(group)) : 0;
        }

        String file() {
            var place = PLACE.matcher(place());
            return place.matches() ? place.group(1) : place();
        }

        /** Returns what is said of it below the name of the file. */
        String below() {
            return (line() > 0 ? line() + ":" + column() + "  " : "")
                    + message.replaceFirst("^" + UNKNOWN, "").replace("\n", "\n      ")
                    + (isOfItsOwn() ? " (" + hint + ")" : "");
        }
    }

    /**
     * Returns one failure for all that was told; {@code first} itself, where there is nothing else.
     *
     * @param first what the evaluation failed for
     * @param last what the search for more ended with, if it could not go on; else null
     * @param told what Nix wrote to standard error in that search
     * @param detail how much is listed; for all that Nix says it stands behind what was said of the first
     */
    public static NixException of(NixException first, NixException last, String told, Detail detail) {
        var all = new LinkedHashSet<Complaint>();
        told.lines()
                .filter(line -> line.startsWith(TOLD))
                .map(line -> read(line.substring(TOLD.length())))
                // Without a place it follows from something else.
                .filter(complaint -> !complaint.place().isEmpty())
                .forEach(all::add);
        // What the user's files have no part in is no mistake of theirs.
        if (last != null && PLACE.matcher(last.place()).matches()) {
            all.add(new Complaint(last.getMessage(), last.place(), last.hint()));
        }
        if (all.stream().anyMatch(Complaint::isUnknownOption)) {
            // An assertion may fail for an option that is not heeded.
            all.removeIf(complaint -> complaint.line() == 0 && !complaint.isUnknownOption());
        }
        if (all.size() < 2) {
            return first;
        }
        // What Nix said of the first is long, and what is sought stands last on the screen.
        boolean whole = detail != Detail.SCREEN;
        var message = (detail == Detail.TRACE ? first.getMessage() + "\n" : "") + listed(all, whole);
        return new NixException(message, "", hint(all, whole));
    }

    private static Complaint read(String json) {
        try {
            var complaint = JSON.readTree(json);
            var message = text(complaint.get("message"));
            return new Complaint(message, place(message, text(complaint.get("place"))), text(complaint.get("hint")));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a complaint: " + json, e);
        }
    }

    /** Where Nix knows only the file of an option, it is where its name stands first. */
    private static String place(String message, String place) {
        var isFile = message.startsWith(UNKNOWN) && !PLACE.matcher(place).matches();
        return isFile
                ? OptionComplaint.placeIn(place, OptionComplaint.last(message.replaceAll(".*`(.*)`", "$1")))
                : place;
    }

    private static String text(JsonNode value) {
        return value == null || value.isNull() ? "" : value.asText();
    }

    private static String listed(Set<Complaint> all, boolean whole) {
        var ordered = all.stream().sorted(BY_PLACE).toList();
        var unknown = ordered.stream().filter(Complaint::isUnknownOption).toList();
        var others = ordered.stream()
                .filter(Predicate.not(Complaint::isUnknownOption))
                .toList();
        int room = whole ? all.size() : SCREEN;
        // Whoever has many options to look after is to see the rest, too.
        int roomForUnknown = Math.max(room - others.size(), room * 2 / 3);
        var parts = new ArrayList<String>();
        if (!unknown.isEmpty()) {
            parts.add(part(
                    unknown.size() == 1 ? "an unknown option" : unknown.size() + " unknown options",
                    unknown,
                    roomForUnknown));
        }
        if (!others.isEmpty()) {
            int left = room - Math.min(unknown.size(), roomForUnknown);
            var title = unknown.isEmpty()
                    ? others.size() + " mistakes"
                    : (others.size() == 1 ? "1 other mistake" : others.size() + " other mistakes");
            parts.add(part(title, others, left));
        }
        return String.join("\n", parts);
    }

    /** Returns a title with complaints below it, grouped by their files. */
    private static String part(String title, List<Complaint> complaints, int room) {
        var byFile = new LinkedHashMap<String, List<Complaint>>();
        complaints.stream()
                .limit(room)
                .forEach(complaint -> byFile.computeIfAbsent(complaint.file(), file -> new ArrayList<>())
                        .add(complaint));
        var text = new StringBuilder(title);
        byFile.forEach((file, inside) -> {
            text.append("\n  ").append(file);
            inside.forEach(complaint -> text.append("\n    ").append(complaint.below()));
        });
        if (complaints.size() > room) {
            text.append("\n  ... and ").append(complaints.size() - room).append(" more");
        }
        return text.toString();
    }

    private static String hint(Set<Complaint> all, boolean whole) {
        if (!whole && all.size() > SCREEN) {
            return "--all lists all of them";
        }
        return all.stream()
                .filter(Complaint::isUnknownOption)
                .filter(Predicate.not(Complaint::isOfItsOwn))
                .map(Complaint::hint)
                .findFirst()
                .orElse("");
    }
}
