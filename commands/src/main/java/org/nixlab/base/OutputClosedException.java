package org.nixlab.base;

/** Whoever read what is printed has gone, as {@code head} does. What prints ends then, and there is nobody to tell. */
public final class OutputClosedException extends LabException {
    public OutputClosedException() {
        super(ExitCode.OUTPUT_CLOSED, "nobody reads the output any more", "", "");
    }
}
