package org.nixlab.command.verb;

import org.nixlab.base.LabException;

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
        if (host.isBlank()
                || !host.matches("\\S+")
                || !digits.matches("\\d{1,5}")
                || port(digits) > 65535
                || port(digits) == 0) {
            throw LabException.input("'" + text + "' is no port", "", "write 80, or 192.168.1.2:80");
        }
        return new GuestPort(host, port(digits));
    }

    private static int port(String digits) {
        return Integer.parseInt(digits);
    }
}
