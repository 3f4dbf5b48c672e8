package org.nixlab.lab.method;

import java.util.Optional;

/** Is told of the calls of methods, by the threads that make them. Must not block. */
public interface CallListener {
    CallListener NONE = call -> failure -> {};

    /** A call begins. Returns who is told of its end, with the failure if it failed. */
    Ended began(Call call);

    /**
     * A call of a method.
     *
     * @param machine the machine's name
     * @param method the method's name in camelCase
     * @param subject what it is about, one line for people: the command, the unit, the port; may be empty
     */
    record Call(String machine, String method, String subject) {}

    /** Is told of the end of one call. */
    @FunctionalInterface
    interface Ended {
        void ended(Optional<RuntimeException> failure);
    }
}
