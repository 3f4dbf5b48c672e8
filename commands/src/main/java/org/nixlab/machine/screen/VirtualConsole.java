package org.nixlab.machine.screen;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.machine.Vm;
import org.nixlab.machine.condition.GuestLook;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.Result;

/** Reads the text of virtual consoles from the guest's kernel: see vcs(4). */
public final class VirtualConsole {
    private static final String SCREEN = """
             && stty -F "/dev/$n" size && v=${n#tty} && \
            if [ -e "/dev/vcsu$v" ]; then iconv -f UTF-32LE -t UTF-8 "/dev/vcsu$v"; \
            else iconv -f LATIN1 -t UTF-8 "/dev/vcs$v"; fi
            """;

    /** Prints rows and columns in a line, then every cell of the screen as a character. */
    public static final String COMMAND = "n=$(cat /sys/class/tty/tty0/active)" + SCREEN;

    /** Succeeds if the console in front shows text, and no graphics: see ioctl_console(2), KDGETMODE. */
    private static final String SHOWS_TEXT =
            "perl -e 'open my $f, \"<\", \"/dev/tty0\" or exit 2; my $m = pack \"L\", 0;"
                    + " ioctl($f, 0x4B3B, $m) or exit 2; exit(unpack(\"L\", $m) ? 3 : 0)' && ";

    private static final Pattern TTY = Pattern.compile("(?:/dev/)?(?:tty)?(\\d{1,2})");
    private static final int MOST_LINES = 10;

    private VirtualConsole() {}

    /**
     * Returns the text of the one in front, line by line, without the blanks at the ends of lines and the empty lines below.
     *
     * @throws LabException (host) if the guest cannot read it
     */
    public static String read(Vm vm, Deadline deadline) {
        return text(vm.execute(ExecRequest.of(COMMAND), deadline));
    }

    /**
     * Returns the text of one of them, as {@link #read(Vm, Deadline)}.
     *
     * @param tty its name or number: {@code tty1}, {@code 1}
     */
    public static String read(Vm vm, String tty, Deadline deadline) {
        return text(vm.execute(ExecRequest.of(command(tty)), deadline));
    }

    /** Returns all rows of the one in front, unless a picture is drawn over it or the guest cannot tell. */
    static Optional<String> shown(Vm vm, Deadline deadline) {
        return Optional.of(vm.execute(ExecRequest.of(SHOWS_TEXT + COMMAND), deadline))
                .filter(Result::succeeded)
                .map(VirtualConsole::rows);
    }

    /** A text is on one of them. */
    public static Condition matches(GuestLook look, String tty, Pattern wanted) {
        var command = command(tty);
        var last = new String[] {""};
        return new Condition(
                        "the text '" + wanted + "' on " + tty + " of " + look.machine(),
                        () -> {
                            var whole = rows(look.run(command));
                            last[0] = stripped(whole);
                            // A prompt ends with a blank.
                            boolean found = wanted.matcher(whole).find()
                                    || wanted.matcher(last[0]).find();
                            return new Observation(found, "");
                        },
                        "")
                .explainedBy(() -> last[0].isBlank() ? "there is no text on it" : "at last it showed\n" + end(last[0]));
    }

    private static String end(String text) {
        var lines = text.lines().filter(line -> !line.isBlank()).toList();
        return lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()).stream()
                .map(line -> "  " + line)
                .reduce((first, second) -> first + "\n" + second)
                .orElse("");
    }

    private static String command(String tty) {
        var number = TTY.matcher(tty);
        if (!number.matches()) {
            throw LabException.input("'" + tty + "' is no virtual console", "", "tty1, or 1");
        }
        return "n=tty" + number.group(1) + SCREEN;
    }

    private static String text(Result result) {
        return stripped(rows(result));
    }

    /** Returns the text without the blanks at the ends of lines and the empty lines below. */
    static String stripped(String rows) {
        return rows.lines()
                        .map(String::stripTrailing)
                        .collect(Collectors.joining("\n"))
                        .stripTrailing() + "\n";
    }

    /** Returns all rows with their blanks, a line each. */
    private static String rows(Result result) {
        var out = result.getOut();
        int end = out.indexOf('\n');
        var size = out.substring(0, Math.max(0, end)).split(" ");
        if (!result.succeeded() || size.length != 2) {
            throw LabException.host(
                    "the text of the screen cannot be read: " + result.getErr().strip(), result.machine(), "");
        }
        int columns = Integer.parseInt(size[1]);
        var points = out.substring(end + 1).codePoints().toArray();
        var text = new StringBuilder();
        for (int from = 0; from < points.length; from += columns) {
            text.append(new String(points, from, Math.min(columns, points.length - from)))
                    .append('\n');
        }
        return text.toString();
    }
}
