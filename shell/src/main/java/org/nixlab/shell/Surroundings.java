package org.nixlab.shell;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.nixlab.shell.terminal.StandardStream;
import org.nixlab.shell.terminal.TerminalType;

/**
 * What the program finds around it when it starts.
 *
 * @param directory the working directory
 * @param environment the environment's variables
 * @param terminals which of the three standard streams are terminals, by number
 */
record Surroundings(
        Path directory,
        Map<String, String> environment,
        InputStream in,
        OutputStream out,
        OutputStream err,
        Set<Integer> terminals) {

    /** Returns the surroundings of this process. */
    static Surroundings ofProcess() {
        var terminals = new HashSet<Integer>();
        for (int number = 0; number <= 2; number++) {
            if (isTerminal(number)) {
                terminals.add(number);
            }
        }
        return new Surroundings(
                Path.of("").toAbsolutePath(),
                System.getenv(),
                new FileInputStream(FileDescriptor.in),
                StandardStream.output(),
                StandardStream.errors(),
                terminals);
    }

    /** Java only tells whether all streams are terminals, and loads much to find out. */
    private static boolean isTerminal(int number) {
        var target = StandardStream.target(number);
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
    }

    boolean isTerminalForAll() {
        return terminals.contains(0) && terminals.contains(1);
    }

    TerminalType terminalType() {
        return TerminalType.of(environment);
    }

    boolean colours(int stream) {
        return terminals.contains(stream)
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !terminalType().isDumb();
    }
}
