package org.nixlab.nix.complaint;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that a network file has fetched, and that cannot be had.
 *
 * @param address from where it was to come
 * @param reason why it did not
 */
record UnreachableSource(String address, String reason) {
    private static final Pattern DOWNLOAD = Pattern.compile("unable to download '([^']+)': ([^\n(]*)");
    private static final Pattern GIT = Pattern.compile("^program 'git' failed with exit code");
    /** What git and ssh say for themselves, before Nix says that they failed. */
    private static final Pattern REASON =
            Pattern.compile("(?m)^(?:ssh: |fatal: (?:unable to access '[^']*': )?|ERROR: )(.+)$");

    /** A tree of nixpkgs, by the name of its repository or of a channel. */
    private static final Pattern NIXPKGS =
            Pattern.compile("/(?:nixpkgs(?:-\\w+)*|nixos-(?:\\d\\d\\.\\d\\d|unstable)[^/]*)(?:[./]|$)");

    /** @param stderr all that was written */
    static Optional<UnreachableSource> in(NixReport report, String stderr) {
        var download = DOWNLOAD.matcher(report.message());
        if (download.find()) {
            return Optional.of(
                    new UnreachableSource(download.group(1), download.group(2).strip()));
        }
        if (GIT.matcher(report.message()).find() && !report.fetched().isEmpty()) {
            var reason = REASON.matcher(NixReport.plain(stderr));
            return Optional.of(new UnreachableSource(
                    address(report.fetched().get(0)),
                    reason.find() ? reason.group(1).strip() : "git failed"));
        }
        return Optional.empty();
    }

    /** Nix writes what git is to fetch as the address of a flake. */
    private static String address(String fetched) {
        return fetched.replaceFirst("^git\\+", "").replaceFirst("\\?.*", "");
    }

    /** @param debian whether the guests are Debian's, which need no nixpkgs */
    NixException told(String place, boolean debian) {
        boolean isNixpkgs = NIXPKGS.matcher(address).find();
        return new NixException(
                "could not fetch " + address + ": " + lower(reason),
                place,
                debian && isNixpkgs
                        ? "Debian guests need no nixpkgs: write import <nixpkgs> { }, or take pkgs and lib from the arguments"
                        : "a copy beside the network file does as well: ./DIRECTORY");
    }

    private static String lower(String reason) {
        return reason.startsWith("HTTP") || reason.isEmpty()
                ? reason
                : Character.toLowerCase(reason.charAt(0)) + reason.substring(1);
    }
}
