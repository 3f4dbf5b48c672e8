package org.nixlab.command.display;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;

import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.command.text.Harmless;

/**
 * Where results and messages go: results to {@code out}, messages to {@code err}, as standard output and standard error.
 *
 * <p>Safe for use by many threads; one call is never torn apart by another. Owns neither stream.
 *
 * @param columns how wide the terminal is; asked only where there is one
 */
public record Display(Target out, Target err, IntSupplier columns) {
    /** Returns a display with the same messages but results going elsewhere, as bytes. */
    public Display withOut(OutputStream stream) {
        return new Display(Target.of(stream), err, columns);
    }

    /** Returns a display whose messages go nowhere. */
    public Display withoutMessages() {
        return new Display(out, Target.of(OutputStream.nullOutputStream()), columns);
    }

    /** Returns how many columns a line may fill. */
    int width() {
        return Math.max(20, columns.getAsInt());
    }

    /** Prints a line of the result. */
    public void result(String line) {
        out.print(line + "\n");
    }

    /** Prints a message for the user. */
    public void message(String line) {
        err.print(line + "\n");
    }

    /**
     * One of the two streams. A terminal is shown nothing but text and colours.
     *
     * @param stream where bytes go
     * @param terminal whether a person's terminal shows them
     * @param style its colours
     * @param cursor whether what was printed can be printed over
     */
    public record Target(OutputStream stream, boolean terminal, Style style, boolean cursor) {
        /** Returns a target that is no terminal. */
        public static Target of(OutputStream stream) {
            return new Target(stream, false, new Style(false), false);
        }

        public void print(String text) {
            pass(terminal ? Harmless.painted(text) : text);
        }

        /** Passes on what moves the cursor. What stands between must be harmless already. */
        void pass(String text) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            write(bytes, bytes.length);
        }

        /**
         * @throws org.nixlab.base.OutputClosedException if nobody reads it any more
         * @throws LabException (host) if it cannot be written for another reason
         */
        public void write(byte[] bytes, int length) {
            synchronized (stream) {
                try {
                    stream.write(bytes, 0, length);
                    stream.flush();
                } catch (IOException e) {
                    throw new LabException(
                            ExitCode.HOST_FAILED,
                            "the output could not be written: " + e.getMessage(),
                            "",
                            "is there space left where it goes?",
                            e);
                }
            }
        }
    }
}
