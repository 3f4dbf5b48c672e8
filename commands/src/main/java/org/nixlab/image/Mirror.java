package org.nixlab.image;

import java.util.ArrayList;
import java.util.List;

/**
 * Where Debian packages come from.
 *
 * @param main the archive of the release and its updates
 * @param security the archive of its security updates
 * @param keyring file with the archive's keys
 * @param settings lines of apt.conf(5) that the host needs to reach it, for example a proxy
 */
public record Mirror(String main, String security, String keyring, List<String> settings) {
    static final String RELEASE = "bookworm";
    static final List<String> SUITES = List.of(RELEASE, RELEASE + "-updates", RELEASE + "-security");
    static final String KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

    public Mirror {
        settings = List.copyOf(settings);
    }

    /** Returns a mirror the user named; its security archive is beside it, as on every Debian mirror. */
    public static Mirror of(String url, List<String> settings) {
        var main = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        return new Mirror(main, main.replaceFirst("/debian$", "") + "/debian-security", KEYRING, settings);
    }

    /** Returns the lines of a sources.list(5) for some of the suites. */
    List<String> sources(List<String> suites) {
        var lines = new ArrayList<String>();
        for (var suite : suites) {
            var uri = suite.endsWith("-security") ? security : main;
            lines.add("deb " + uri + " " + suite + " main");
        }
        return lines;
    }
}
