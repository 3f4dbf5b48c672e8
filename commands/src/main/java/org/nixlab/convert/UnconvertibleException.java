package org.nixlab.convert;

/** Something of Python has no counterpart. The message says what, for people; it completes "left: ...". */
final class UnconvertibleException extends RuntimeException {
    UnconvertibleException(String message) {
        super(message, null, false, false);
    }

    /** For functions and methods by their Python name. */
    static UnconvertibleException noCounterpart(String name) {
        return new UnconvertibleException(name + "() has no counterpart");
    }
}
