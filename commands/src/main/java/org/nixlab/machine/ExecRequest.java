package org.nixlab.machine;

import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A command to be run by a guest's shell.
 *
 * @param command shell text, sent to the guest as it is
 * @param user whose login environment it runs in; empty for root
 * @param directory where it runs; empty for the user's home directory
 * @param environment variables set on top of the login environment
 * @param input what its standard input reads; empty for nothing. The stream is read by a thread of the channel and closed
 */
public record ExecRequest(
        String command, String user, String directory, Map<String, String> environment, Optional<InputStream> input) {
    public ExecRequest {
        requireNonNull(command, "command");
        environment = Map.copyOf(environment);
    }

    public static ExecRequest of(String command) {
        return new ExecRequest(command, "", "", Map.of(), Optional.empty());
    }

    /** Returns it as the channels of a guest take it. */
    org.nixlab.talk.ExecRequest wire() {
        return new org.nixlab.talk.ExecRequest(command, optional(user), optional(directory), environment, input);
    }

    static Optional<String> optional(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
