package org.nixlab.shell.host;

import java.util.Map;
import java.util.Optional;

/**
 * The locale the user has, as opposed to nixlab. The launcher starts nixlab in one of UTF-8 whatever the user's is, since a
 * JVM cannot see file names and arguments otherwise; programs that the user asks for get his own.
 */
public final class UserLocale {
    private static final String KEPT = "NIXLAB_USER_LC_ALL";

    private UserLocale() {}

    /** Makes the environment of a program what it would be without nixlab's launcher. */
    public static void giveBack(Map<String, String> environment) {
        var kept = environment.remove(KEPT);
        if (kept != null && kept.isEmpty()) {
            environment.remove("LC_ALL");
        } else if (kept != null) {
            environment.put("LC_ALL", kept);
        }
    }

    /** Returns what to tell the user where the launcher was gone around. */
    public static Optional<String> complaint(String encodingOfNames) {
        return encodingOfNames.equals("UTF-8")
                ? Optional.empty()
                : Optional.of(
                        "this locale has no UTF-8 (" + encodingOfNames + "): arguments and file names with other than"
                                + " ASCII letters will be wrong; bin/nixlab sets one, or start with LC_ALL=C.UTF-8");
    }
}
