package org.nixlab.machine.condition;

import java.util.List;
import java.util.regex.Pattern;

import org.nixlab.machine.Vm;

/** The last lines of a machine's serial console, without those that say that all is well. */
final class ConsoleEnd {
    private static final int LINES = 3;
    /** Bytes of some screens. */
    private static final int SCREENS = 1 << 14;
    /** What a boot that goes well prints, and what asks for a login. */
    private static final Pattern WELL = Pattern.compile(
            "\\[ {2}OK {2}].*|\\[(INFO|DEPEND)].*|\\[\\s*\\**\\s*].*| {9}\\S.*"
                    + "|Welcome to .*|<<< .*|.* login: ?.*|Password: ?|\\S.* tty(S\\d|\\d)|(\\[[ \\d.]+] )?systemd\\[1]: .*");

    private ConsoleEnd() {}

    /** Returns them under a heading, or an empty text. */
    static String of(Vm vm) {
        var lines = saying(vm.console().end(SCREENS).lines().toList());
        return lines.isEmpty() ? "" : "its console says\n  " + String.join("\n  ", lines);
    }

    private static List<String> saying(List<String> lines) {
        var saying = lines.stream()
                .map(line -> line.replaceAll("\\p{Cntrl}", ""))
                .filter(line -> !line.isBlank())
                .filter(line -> !WELL.matcher(line).matches())
                .toList();
        return saying.subList(Math.max(0, saying.size() - LINES), saying.size());
    }
}
