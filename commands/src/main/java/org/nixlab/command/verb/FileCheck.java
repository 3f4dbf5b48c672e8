package org.nixlab.command.verb;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.nixlab.base.LabException;
import org.nixlab.lab.Labs;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.model.Network;

import static java.util.Objects.requireNonNull;

/**
 * What came of reading a network file.
 *
 * @param file as the user named it
 * @param notes what would be said to the user if it were loaded
 */
record FileCheck(String file, Labs.Checked checked, List<String> notes) {
    FileCheck {
        requireNonNull(file, "file");
        requireNonNull(checked, "checked");
        notes = List.copyOf(notes);
    }

    boolean loads() {
        return checked.network().isPresent();
    }

    /** Returns all of it as plain data, by the names it has in JSON. */
    Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("file", file);
        facts.put(
                "guest",
                checked.guestSystem() == GuestSystem.AUTO
                        ? null
                        : checked.guestSystem().word());
        facts.put("machines", checked.network().map(Network::names).orElse(null));
        facts.put("loads", loads());
        facts.put("complaint", checked.complaint().map(LabException::getMessage).orElse(null));
        facts.put("place", checked.complaint().map(LabException::place).orElse(null));
        facts.put("hint", checked.complaint().map(LabException::hint).orElse(null));
        facts.put("notes", notes);
        return facts;
    }

    /**
     * Returns {@code ok}, or what stands against the file, in one line.
     *
     * @param directory files in it are told as the user sees them from there, and the file itself not at all
     */
    String line(Path directory) {
        return checked.complaint()
                .map(complaint -> place(complaint.place(), directory) + oneLine(complaint.getMessage(), directory))
                .orElse("ok");
    }

    private String place(String place, Path directory) {
        var rest = seen(place, directory).replaceFirst("^" + Pattern.quote(own()) + ":?", "");
        return rest.isEmpty() ? "" : rest + ": ";
    }

    private String oneLine(String text, Path directory) {
        return seen(text, directory)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.equals(own()))
                .collect(Collectors.joining(" "));
    }

    private String own() {
        return file.replaceFirst("#.*", "");
    }

    private static String seen(String text, Path directory) {
        return text.replace(directory + "/", "");
    }
}
