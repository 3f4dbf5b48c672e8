package org.nixlab.process;

import java.nio.charset.StandardCharsets;

/** What a program of the host left behind: its exit code (128 + signal if one killed it) and what it printed. */
public record ProcessResult(HostCommand command, int exitCode, byte[] output, byte[] errorOutput) {
    public boolean succeeded() {
        return exitCode == 0;
    }

    /** Returns standard output as text. */
    public String out() {
        return new String(output, StandardCharsets.UTF_8);
    }

    /** Returns standard error as text. */
    public String err() {
        return new String(errorOutput, StandardCharsets.UTF_8);
    }
}
