package org.nixlab.convert;

/** A statement is no Python, or Python that is not understood. The message completes "not understood: ...". */
final class PythonSyntaxException extends RuntimeException {
    private final int place;

    /** It goes wrong at the next word. */
    PythonSyntaxException(String message) {
        this(message, -1);
    }

    PythonSyntaxException(String message, int place) {
        super(message, null, false, false);
        this.place = place;
    }

    /** Returns the offset in the script; -1 for the next word. */
    int place() {
        return place;
    }
}
