package org.nixlab.process;

import java.nio.charset.StandardCharsets;

import org.nixlab.base.LabException;

/**
 * What a program of the host left behind: its exit code (128 + signal if one killed it) and what it printed, of which only
 * the end is kept if it is very much.
 */
public final class ProcessResult {
    private final HostCommand command;
    private final int exitCode;
    private final KeptEnd output;
    private final KeptEnd errorOutput;

    ProcessResult(HostCommand command, int exitCode, KeptEnd output, KeptEnd errorOutput) {
        this.command = command;
        this.exitCode = exitCode;
        this.output = output;
        this.errorOutput = errorOutput;
    }

    public HostCommand command() {
        return command;
    }

    public int exitCode() {
        return exitCode;
    }

    public boolean succeeded() {
        return exitCode == 0;
    }

    /**
     * Returns all of standard output.
     *
     * @throws LabException (host) if it was more than is kept
     */
    public byte[] output() {
        if (output.isCut()) {
            throw LabException.host(command.program() + " printed more than nixlab can read", "", "");
        }
        return output.bytes();
    }

    /** Returns standard output as text, to be shown: of very much of it the end. */
    public String out() {
        return new String(output.bytes(), StandardCharsets.UTF_8);
    }

    /** Returns standard error as text, to be shown: of very much of it the end. */
    public String err() {
        return new String(errorOutput.bytes(), StandardCharsets.UTF_8);
    }
}
