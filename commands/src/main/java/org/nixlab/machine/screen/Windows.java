package org.nixlab.machine.screen;

import java.util.List;
import java.util.regex.Pattern;

import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.machine.Vm;
import org.nixlab.machine.condition.GuestLook;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.Result;

/** The windows on the X server of a machine's display {@code :0}. */
public final class Windows {
    /** Root may look at a server that keeps others out, if it is told the server's own key. */
    private static final String TREE = """
            a=$(sed -zn '/^-auth$/{n;p;q}' /proc/$(pgrep -o '^[.]?(Xorg|X|Xwayland|Xvfb)(-wrapped)?$')/cmdline 2>/dev/null | tr -d '\\0')
            export DISPLAY=:0 ${a:+XAUTHORITY="$a"}
            exec xwininfo -root -tree
            """;

    /** With a display manager there is more to wait for than its server: the session of a user. */
    private static final String IS_UP = """
            [[ -S /tmp/.X11-unix/X0 ]] || { echo "there is no X server"; exit 1; }
            systemctl show -p LoadState display-manager.service | grep -q not-found && exit
            journalctl -b SYSLOG_IDENTIFIER=systemd | grep -q "Reached target Current graphical" && exit
            echo "the X server runs, and nobody has a session"
            exit 1
            """;

    private static final Pattern NAME = Pattern.compile("^\\s*0x[0-9a-f]+ \"(.*)\": \\(", Pattern.MULTILINE);
    private static final int NOT_FOUND = 127;
    private static final int MOST = 12;

    private Windows() {}

    /** An X server serves; with a display manager, somebody has a session on it. */
    public static Condition serverIsUp(GuestLook look) {
        return new Condition(
                "X on " + look.machine(),
                () -> {
                    var result = look.run(IS_UP);
                    return new Observation(result.succeeded(), result.getOut().strip());
                },
                "exec " + look.machine() + " 'journalctl -b -u display-manager' shows its journal");
    }

    /**
     * Returns the names of all windows that have one.
     *
     * @throws LabException (check) if there is no X server, or the machine has no {@code xwininfo}
     */
    public static List<String> names(Vm vm, Deadline deadline) {
        var result = vm.execute(ExecRequest.of(TREE), deadline);
        if (!result.succeeded()) {
            throw unreadable(result);
        }
        return names(result);
    }

    /** A window whose name matches is there. */
    public static Condition named(GuestLook look, Pattern wanted) {
        var last = new String[] {""};
        return new Condition(
                        "a window '" + wanted + "' on " + look.machine(),
                        () -> {
                            var result = look.run(TREE);
                            if (result.exitCode() == NOT_FOUND) {
                                throw unreadable(result);
                            }
                            var names = names(result);
                            last[0] = result.succeeded()
                                    ? names.size() + " windows have other names"
                                    : result.getErr().strip();
                            if (!names.isEmpty()) {
                                last[0] =
                                        "there is " + String.join(", ", names.subList(0, Math.min(MOST, names.size())));
                            }
                            return new Observation(names.stream().anyMatch(wanted.asPredicate()), "");
                        },
                        "")
                .explainedBy(() -> last[0]);
    }

    private static List<String> names(Result tree) {
        return NAME.matcher(tree.getOut())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static LabException unreadable(Result result) {
        boolean missing = result.exitCode() == NOT_FOUND;
        return new LabException(
                ExitCode.CHECK_FAILED,
                result.machine() + ": the windows cannot be listed: "
                        + (missing
                                ? "there is no xwininfo in the machine"
                                : result.getErr().strip()),
                "",
                missing ? "environment.systemPackages = [ pkgs.xorg.xwininfo ], of Debian [ pkgs.x11-utils ]" : "");
    }
}
