package org.nixlab.convert;

import java.util.List;

/**
 * What became of a script.
 *
 * @param scenario in Groovy
 * @param left what could not be turned and stands in the scenario as comments, in the order of its lines
 */
public record Conversion(String scenario, List<Left> left) {
    public Conversion {
        left = List.copyOf(left);
    }

    /**
     * Something that was left.
     *
     * @param line where it begins in the user's file
     * @param column where in that line it is no Python, counted from 1; 0 if it is
     * @param reason why, for people
     */
    public record Left(int line, int column, String reason) {
        /** Returns the line, and the column if that says more. */
        public String place() {
            return column == 0 ? String.valueOf(line) : line + ":" + column;
        }
    }
}
