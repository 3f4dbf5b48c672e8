package org.nixlab.guest;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;

import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.ShellWord;

/** Puts requests into the words of the guest's bash. */
final class GuestScript {
    // Longer arguments of a program are refused by Linux.
    private static final int LONGEST_ARGUMENT = 120 * 1024;
    private static final String HERE_END = "END-OF-NIXLAB-COMMAND";

    private GuestScript() {}

    static byte[] of(ExecRequest request) {
        var script = new StringBuilder();
        new TreeMap<>(request.environment())
                .forEach((name, value) -> script.append("export ")
                        .append(name)
                        .append('=')
                        .append(ShellWord.quote(value))
                        .append("; "));
        request.directory()
                .ifPresent(path ->
                        script.append("cd -- ").append(ShellWord.quote(path)).append(" || exit; "));
        script.append(request.strict() ? "set -euo pipefail; " : "").append(request.command());
        var text = request.user().map(user -> asUser(user, script.toString())).orElseGet(script::toString);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns a script that turns into a login shell on the terminal that is its standard input. */
    static byte[] login(Optional<String> user, String terminalType) {
        var find = user.map(GuestScript::account).orElse("");
        var shell = user.map(name -> "runuser $l -s \"$s\" " + ShellWord.quote(name))
                .orElse("bash -l");
        var script = find + "export TERM=" + ShellWord.quote(terminalType) + "; exec setsid -c " + shell;
        return script.getBytes(StandardCharsets.UTF_8);
    }

    /** Finds out how to become a user: accounts of services often have no shell, and no home to log in to. */
    private static String account(String user) {
        return "IFS=: read -r _ _ _ _ _ h s < <(getent passwd " + ShellWord.quote(user) + ") || { echo "
                + ShellWord.quote("there is no user " + user)
                + " >&2; exit 1; }; case $s in */nologin|*/false|'') s=$BASH;; esac;"
                + " l=-l; [[ -d $h ]] || { l=; cd /; }; ";
    }

    private static String asUser(String user, String script) {
        var login = account(user) + "exec runuser $l -s \"$s\" " + ShellWord.quote(user) + " -c ";
        var quoted = ShellWord.quote(script);
        if (quoted.length() < LONGEST_ARGUMENT / 3) {
            return login + quoted;
        }
        return login + "'eval \"$(cat <&9)\"' 9<<'" + HERE_END + "'\n" + script + "\n" + HERE_END + "\n";
    }
}
