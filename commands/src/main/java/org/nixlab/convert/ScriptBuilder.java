package org.nixlab.convert;

import java.util.ArrayList;
import java.util.List;

/** Collects a script from pieces of a file that know their places. */
final class ScriptBuilder {
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> places = new ArrayList<>();

    /** Adds what stands for something of the file, all of it at that one place. */
    void append(String part, int place) {
        text.append(part);
        part.chars().forEach(c -> places.add(place));
    }

    /** Adds something of Nix's own, marked, and each of its characters at its place. */
    void appendForeign(String part, int place) {
        append(String.valueOf(PythonScript.OPEN), place);
        for (int i = 0; i < part.length(); i++) {
            append(part.substring(i, i + 1), place + i);
        }
        append(String.valueOf(PythonScript.CLOSE), place);
    }

    String text() {
        return text.toString();
    }

    PythonScript build(String file) {
        return new PythonScript(text.toString(), file, places);
    }
}
