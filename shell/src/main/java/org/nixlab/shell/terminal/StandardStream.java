package org.nixlab.shell.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.nixlab.base.OutputClosedException;

/** The program's standard output or error output, with what is known of its other end. */
public final class StandardStream extends OutputStream {
    private final OutputStream stream;
    private final boolean pipe;
    private final boolean essential;

    private StandardStream(FileDescriptor descriptor, int number, boolean essential) {
        this.stream = new FileOutputStream(descriptor);
        this.pipe = target(number).matches("(pipe|socket):.*");
        this.essential = essential;
    }

    public static StandardStream output() {
        return new StandardStream(FileDescriptor.out, 1, true);
    }

    /** Returns where messages go. What cannot be written there is lost, as there is nowhere else to say so. */
    public static StandardStream errors() {
        return new StandardStream(FileDescriptor.err, 2, false);
    }

    /** Returns what a descriptor of this process is open on, or nothing. */
    public static String target(int number) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + number)).toString();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /**
     * @throws OutputClosedException if nobody reads the other end any more
     * @throws IOException if it cannot be written for another reason, such as a full disk
     */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            stream.write(bytes, offset, length);
        } catch (IOException e) {
            // The reason of the failure is a text in the user's language.
            if (pipe) {
                throw new OutputClosedException();
            }
            if (essential) {
                throw e;
            }
        }
    }
}
