package org.nixlab.convert;

/** What a value is, as far as the script itself tells. */
public enum Kind {
    TEXT,
    NUMBER,
    TRUTH,
    LIST,
    MAP,
    NOTHING,
    /** What JSON gave: anything of the above. */
    JSON,
    /** What matched a pattern, or nothing. */
    MATCH,
    UNKNOWN;

    /** Returns what a value is that is this or that. */
    Kind or(Kind other) {
        return this == other ? this : UNKNOWN;
    }
}
