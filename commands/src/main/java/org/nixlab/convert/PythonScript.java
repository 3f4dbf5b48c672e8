package org.nixlab.convert;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The Python of a test, and where in the user's file it stands.
 *
 * @param text the script; what Nix would have put into it stands between {@link #OPEN} and {@link #CLOSE}
 * @param file all of the file
 * @param places for each character of the text, where in the file it comes from
 */
public record PythonScript(String text, String file, List<Integer> places) {
    /** Noncharacters of Unicode: no text that is to be read by others contains them. */
    static final char OPEN = '\uFDD0';

    static final char CLOSE = '\uFDD1';

    public PythonScript {
        places = List.copyOf(places);
    }

    /** Returns the script that is all of a file. */
    public static PythonScript of(String file) {
        var text = file.replace("\r\n", "\n");
        return new PythonScript(
                text, text, IntStream.range(0, text.length()).boxed().toList());
    }

    /** Returns the number of the file's line that a place in the text comes from. */
    int line(int offset) {
        return line(file, place(offset));
    }

    /** Returns the column in that line, counted from 1. */
    int column(int offset) {
        int place = place(offset);
        return place - file.lastIndexOf('\n', place - 1);
    }

    static int line(String file, int place) {
        return 1 + (int) file.substring(0, place).chars().filter(c -> c == '\n').count();
    }

    private int place(int offset) {
        return places.isEmpty() ? 0 : places.get(Math.min(offset, places.size() - 1));
    }

    /** Returns a part of the text as people wrote it. */
    String shown(int start, int end) {
        return shown(text.substring(start, end));
    }

    static String shown(String part) {
        return part.replace(String.valueOf(OPEN), "").replace(String.valueOf(CLOSE), "");
    }
}
