package org.nixlab.nix.complaint;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.nixlab.base.LabException;

/** What keeps Nix from its store, whatever it was to do there, and what helps; versions of Nix differ in their words. */
public final class StoreAccess {
    private static final Pattern SHUT = Pattern.compile(
            "(?:connect to socket at '([^']+)'|getting status of '?(\\S+/daemon-socket/socket)'?): Permission denied");
    private static final Pattern NO_DAEMON =
            Pattern.compile("connect to socket at '([^']+)': (?:No such file|Connection refused)");
    private static final Pattern NO_STORE = Pattern.compile(
            "(?:creating directory|opening lock file) '([^'\n]*(?:/store|/nix)[^'\n]*)': Permission denied");
    private static final Pattern NO_BUILDERS =
            Pattern.compile("the (?:build users )?group '([^']+)' (?:specified in|has no members)");

    private StoreAccess() {}

    /**
     * Goes on if a program of Nix did not fail because it could not use its store.
     *
     * @param errors what it said; warnings and lines of builders do not count
     * @throws LabException (host) if it did
     */
    public static void require(String errors) {
        complaint(errors).ifPresent(complaint -> {
            throw complaint;
        });
    }

    private static Optional<LabException> complaint(String errors) {
        var plain = NixReport.ownWords(errors)
                .lines()
                .filter(line -> !line.startsWith("warning:"))
                .collect(Collectors.joining("\n"));
        var shut = SHUT.matcher(plain);
        if (shut.find()) {
            return host(
                    "you may not use Nix's daemon",
                    Optional.ofNullable(shut.group(1)).orElse(shut.group(2)),
                    "on Debian: sudo adduser $USER nix-users, and log in again");
        }
        var absent = NO_DAEMON.matcher(plain);
        if (absent.find()) {
            return host(
                    "Nix's daemon does not run",
                    absent.group(1),
                    "sudo systemctl start nix-daemon; Debian has it in the package nix-setup-systemd");
        }
        var store = NO_STORE.matcher(plain);
        if (store.find()) {
            return host(
                    "you may not write to Nix's store, and there is no daemon that does it for you",
                    store.group(1),
                    "on Debian: sudo apt-get install nix-setup-systemd; sudo adduser $USER nix-users, and log in again");
        }
        var builders = NO_BUILDERS.matcher(plain);
        if (builders.find()) {
            return host(
                    "Nix, as root, builds as the users of the group " + builders.group(1)
                            + ", and there are none on this host",
                    "build-users-group",
                    "let it build as root: mkdir -p /etc/nix; echo 'build-users-group =' >> /etc/nix/nix.conf");
        }
        return Optional.empty();
    }

    private static Optional<LabException> host(String message, String place, String hint) {
        return Optional.of(LabException.host(message, place, hint));
    }
}
