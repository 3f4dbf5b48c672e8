package org.nixlab.command;

/**
 * What a verb works with.
 *
 * @param session the labs
 * @param front the program it was typed into
 * @param display where it prints
 */
public record Context(Session session, Front front, Display display) {
    /** Returns the same with another place to print. */
    public Context on(Display other) {
        return new Context(session, front, other);
    }
}
