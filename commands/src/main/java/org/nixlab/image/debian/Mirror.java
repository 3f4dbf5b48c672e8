package org.nixlab.image.debian;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where Debian packages come from.
 *
 * @param main the archive of the release and its updates
 * @param security the archive of its security updates
 * @param keyring file with the archive's keys
 * @param settings lines of apt.conf(5) that the host needs to reach it, for example a proxy
 */
public record Mirror(String main, String security, String keyring, List<String> settings) {
    public static final String RELEASE = "bookworm";
    public static final List<String> SUITES = List.of(RELEASE, RELEASE + "-updates", RELEASE + "-security");
    static final String KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

    /** The state of an archive at a time of the past, as snapshot.debian.org has it: it is out of date for ever. */
    private static final Pattern SNAPSHOT = Pattern.compile("/\\d{8}T\\d{6}Z(/|$)");

    public Mirror {
        settings = List.copyOf(settings);
    }

    /** Returns a mirror the user named; its security archive is beside it, as on every Debian mirror. */
    public static Mirror of(String url, List<String> settings) {
        var main = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        return new Mirror(main, main.replaceFirst("/debian$", "") + "/debian-security", KEYRING, settings);
    }

    /** Returns the lines of a sources.list(5) for some of the suites. */
    public List<String> sources(List<String> suites) {
        return suites.stream().map(suite -> line(suite, List.of())).toList();
    }

    /** As {@link #sources}, for an apt that does not know by which keys. */
    List<String> signedSources(List<String> suites) {
        return suites.stream()
                .map(suite -> line(suite, List.of("signed-by=" + keyring)))
                .toList();
    }

    private String line(String suite, List<String> options) {
        var uri = suite.endsWith("-security") ? security : main;
        var all = new ArrayList<>(options);
        if (SNAPSHOT.matcher(uri).find()) {
            all.add("check-valid-until=no");
        }
        return "deb " + (all.isEmpty() ? "" : "[" + String.join(" ", all) + "] ") + uri + " " + suite + " main";
    }
}
