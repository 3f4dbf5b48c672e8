package org.nixlab.machine.condition;

import java.util.regex.Pattern;

import org.nixlab.talk.ShellWord;

/** Names of units as people write them: {@code httpd}, {@code multi-user.target}, {@code getty@tty1}, {@code /dev/vdb}. */
final class UnitName {
    private static final Pattern TYPED =
            Pattern.compile(".*\\.(service|socket|device|mount|automount|swap|target|path|timer|slice|scope|snapshot)");

    private UnitName() {}

    /** Returns the whole name; of a path, which names a device or a mount, the path. */
    static String full(String unit) {
        return TYPED.matcher(unit).matches() || unit.startsWith("/") ? unit : unit + ".service";
    }

    /** Returns it as words of systemctl: also a name that begins with a hyphen is one. */
    static String words(String unit) {
        return "-- " + ShellWord.quote(full(unit));
    }
}
