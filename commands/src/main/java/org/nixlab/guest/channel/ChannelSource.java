package org.nixlab.guest.channel;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.Deadline;

/**
 * Where the channels of one machine are. Implemented by whoever runs the machine; called from any thread.
 *
 * <p>Every socket serves one client at a time; a {@code GuestShell} connects only while it holds the lock file beside it.
 */
public interface ChannelSource {
    /** Returns the machine's name, for messages. */
    String machine();

    /** Returns the sockets of the slots the machine has now, those of the boot first; empty for a foreign machine. */
    List<Path> slots();

    /**
     * Returns when the program behind a slot last took its port or let go of it, as a program that was killed; nothing where
     * nobody can tell.
     */
    default Optional<Instant> lastChange(Path slot) {
        return Optional.empty();
    }

    /**
     * Plugs more slots in and returns their sockets, which bear the ports' names; fewer than were asked for, or none, if the
     * machine cannot have so many. The guest may need a moment before it serves them.
     */
    List<Path> plugSlots(int count, Deadline deadline);

    /** Tells all processes that a slot of the machine has answered. */
    default void markAnswered() {}

    /** Returns whether a slot of the machine has answered any process since it booted. */
    default boolean hasAnswered() {
        return false;
    }

    /** Returns the sockets of the ports for bulk data that the machine has now. */
    default List<Path> bulkPorts() {
        return List.of();
    }

    /** Plugs one more port for bulk data; returns false if the machine cannot have more. */
    default boolean plugBulkPort(Deadline deadline) {
        return false;
    }

    /** Returns the directory in the machine where nixlab's programs are. */
    String programs();

    /** Returns the socket of the classic backdoor, if the machine has one; it comes after those of the slots. */
    Optional<Path> backdoor();
}
