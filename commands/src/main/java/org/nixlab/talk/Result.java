package org.nixlab.talk;

import java.time.Duration;

/**
 * What a command run in a guest left behind.
 *
 * @param machine name of the machine it ran on
 * @param command as it was sent
 * @param exitCode its exit code, 0 to 255 (128 + signal if one killed it)
 * @param output what it wrote to standard output; of what was passed on only the size
 * @param errorOutput what it wrote to standard error; of what was passed on only the size
 * @param duration how long it took, seen from the host
 */
public record Result(
        String machine, String command, int exitCode, Output output, Output errorOutput, Duration duration) {

    public boolean succeeded() {
        return exitCode == 0;
    }

    /** Returns standard output as text; see {@link Output#text()}. */
    public String getOut() {
        return output.text();
    }

    /** Returns standard error as text; see {@link Output#text()}. */
    public String getErr() {
        return errorOutput.text();
    }

    public byte[] getOutBytes() {
        return output.bytes();
    }

    public byte[] getErrBytes() {
        return errorOutput.bytes();
    }

    @Override
    public String toString() {
        return machine + ": '" + command + "' exited with " + exitCode;
    }

    /** What Groovy asks in a condition: {@code if (web.execute('true')) ...}. */
    public boolean asBoolean() {
        return succeeded();
    }
}
