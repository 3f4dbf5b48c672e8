package org.nixlab.machine.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;

import org.nixlab.machine.host.VmDirectory;
import org.nixlab.talk.Result;

/**
 * That a machine's root file system has yet to become as large as its disk. It stands in a file until that is done, for
 * whoever made the disk larger may end before the machine can be talked to.
 */
public final class RootGrowth {
    private static final String GROW = "resize2fs \"$(findmnt -n -o SOURCE /)\"";

    private final Path mark;

    public RootGrowth(VmDirectory directory) {
        this.mark = directory.growRoot();
    }

    /** Notes that it is due; said before the disk becomes larger. */
    void begin() {
        try {
            Files.writeString(mark, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isDue() {
        return Files.exists(mark);
    }

    /**
     * Makes the file system larger if that is due.
     *
     * @param guest runs a command in the machine
     * @param notes is told if it could not be done
     */
    public void finish(Function<String, Result> guest, Consumer<String> notes) {
        if (!isDue()) {
            return;
        }
        var result = guest.apply(GROW);
        if (!result.succeeded()) {
            var said = result.getErr().lines().reduce((first, second) -> second).orElse("");
            notes.accept("its file system could not be made as large as its disk, and is tried again at the next run:"
                    + " exit code " + result.exitCode() + (said.isEmpty() ? "" : ", " + said));
            return;
        }
        try {
            Files.deleteIfExists(mark);
        } catch (IOException e) {
            // It is done once more then, which changes nothing.
        }
    }
}
