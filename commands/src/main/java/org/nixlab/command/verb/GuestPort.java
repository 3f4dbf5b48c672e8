package org.nixlab.command.verb;

import org.nixlab.base.LabException;
import org.nixlab.lab.entrance.Forward;

/**
 * A port as a machine sees it.
 *
 * @param host {@code localhost} or whoever else the machine reaches
 */
record GuestPort(String host, int port) {
    /**
     * Reads {@code PORT} or {@code HOST:PORT}.
     *
     * @throws LabException (usage) if it is neither
     */
    static GuestPort parse(String text) {
        int colon = text.lastIndexOf(':');
        var host = colon < 0 ? "localhost" : text.substring(0, colon).replaceAll("^\\[|\\]$", "");
        var digits = text.substring(colon + 1);
        int port = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 0;
        if (host.isBlank() || !host.matches("\\S+") || port == 0 || port > 65535) {
            throw LabException.input("'" + text + "' is no port", "", "write 80, or 192.168.1.2:80");
        }
        return new GuestPort(host, port);
    }

    boolean isTargetOf(Forward forward) {
        return host.equals(forward.host()) && port == forward.port();
    }
}
