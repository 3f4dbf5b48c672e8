package org.nixlab.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.nixlab.command.FakeVm.Answer;

/**
 * What every guest answers of itself: some units are active, some ports open, and there is a file.
 *
 * @param events is told which units and ports were looked at
 */
record FakeGuest(List<String> events) implements Function<String, Optional<Answer>> {
    private static final Set<String> UNITS =
            Set.of("multi-user.target", "httpd.service", "sshd.service", "cron.service");
    private static final Set<String> PORTS = Set.of("22", "80");
    private static final Set<String> FILES = Set.of("/etc/passwd");

    private static final Pattern UNIT = Pattern.compile("systemctl show .*-- (\\S+)");
    private static final Pattern PORT = Pattern.compile("ss -Hltn 'sport = :(\\d+)'");
    private static final Pattern FILE = Pattern.compile("test -e (\\S+)");

    @Override
    public Optional<Answer> apply(String command) {
        var unit = UNIT.matcher(command);
        if (unit.matches()) {
            events.add("waitForUnit " + unit.group(1).replace(".service", ""));
            return printed(
                    UNITS.contains(unit.group(1))
                            ? "LoadState=loaded\nActiveState=active\nSubState=running\n"
                            : "LoadState=not-found\nActiveState=inactive\nSubState=dead\n");
        }
        var port = PORT.matcher(command);
        if (port.matches()) {
            events.add("waitForOpenPort " + port.group(1));
            return printed(PORTS.contains(port.group(1)) ? "LISTEN 0 511 *:" + port.group(1) + " *:*\n" : "");
        }
        var file = FILE.matcher(command);
        if (file.matches()) {
            return Optional.of(new Answer(FILES.contains(file.group(1)) ? 0 : 1, "", ""));
        }
        return command.startsWith("ss ") ? printed("LISTEN 0 511 *:80 *:*\n") : Optional.empty();
    }

    private static Optional<Answer> printed(String out) {
        return Optional.of(new Answer(0, out, ""));
    }
}
