package org.nixlab.machine.condition;

import java.util.Optional;

import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.ShellWord;

/**
 * systemd in a machine, or that of one of its users, as commands for the guest.
 *
 * @param user whose; the system's without one
 */
public record Systemd(Optional<String> user) {
    /** Returns what runs {@code systemctl} with words as a shell reads them. */
    public ExecRequest systemctl(String words) {
        return user.map(name -> ExecRequest.of("XDG_RUNTIME_DIR=/run/user/$(id -u) systemctl --user " + words)
                        .asUser(name))
                .orElseGet(() -> ExecRequest.of("systemctl " + words));
    }

    /** Returns what prints the last messages of a unit, which root may read whoever wrote them. */
    ExecRequest journal(String unit, int lines) {
        var match = user.isEmpty() ? "-u " : "--user-unit=";
        return ExecRequest.of("journalctl -o cat -n " + lines + " --no-pager " + match + ShellWord.quote(unit));
    }

    /** Returns whose it is, at the beginning of what is said of it. */
    String words() {
        return user.map(name -> name + "'s systemd").orElse("systemd");
    }
}
