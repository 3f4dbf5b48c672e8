package org.nixlab.machine;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.talk.ExecRequest;

/** Reads the text of the virtual console in front from the guest's kernel: see vcs(4). */
public final class ConsoleText {
    /** Prints rows and columns in a line, then every cell of the screen as a character. */
    public static final String COMMAND = """
            n=$(cat /sys/class/tty/tty0/active) && stty -F "/dev/$n" size && \
            iconv -f UTF-32LE -t UTF-8 "/dev/vcsu${n#tty}"
            """;

    private ConsoleText() {}

    /**
     * Returns it line by line, without the blanks at the ends of lines and the empty lines below.
     *
     * @throws LabException (host) if the guest cannot read it
     */
    public static String read(Vm vm, Deadline deadline) {
        var result = vm.execute(ExecRequest.of(COMMAND), deadline);
        if (!result.succeeded()) {
            throw LabException.host(
                    "the text of the screen cannot be read: " + result.getErr().strip(),
                    vm.declared().name(),
                    "");
        }
        var out = result.getOut();
        int end = out.indexOf('\n');
        var size = out.substring(0, end).split(" ");
        return lines(out.substring(end + 1), Integer.parseInt(size[1]));
    }

    private static String lines(String cells, int columns) {
        var points = cells.codePoints().toArray();
        var text = new StringBuilder();
        for (int from = 0; from < points.length; from += columns) {
            var line = new String(points, from, Math.min(columns, points.length - from));
            text.append(line.stripTrailing()).append('\n');
        }
        return text.toString().stripTrailing() + "\n";
    }
}
