package org.nixlab.machine;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.OutputSink;
import org.nixlab.talk.Result;
import org.nixlab.talk.ShellWord;

/** Reads and writes single files of a guest as streams. */
public final class GuestFiles {
    /** What arrives is seen at its place when all of it is there, with the owner and mode of what it replaces. */
    private static final String RECEIVE = """
            t=$(realpath -m -- %s) || exit
            trap 'exit 1' TERM
            [[ ! -d $t ]] || { echo "it is a directory" >&2; exit 1; }
            s=$(mktemp -p "$(dirname -- "$t")") || exit
            trap 'rm -f -- "$s"' EXIT
            cat > "$s" || exit
            if [[ -e $t ]]; then chown --reference="$t" -- "$s" && chmod --reference="$t" -- "$s"; else chmod 644 -- "$s"; fi
            mv -f -T -- "$s" "$t"
            """;

    private static final int LONGEST_COMPLAINT = 4096;

    private GuestFiles() {}

    /**
     * Writes all of a stream to a file, in the place of one that is there. Reads the stream in a thread of its own.
     *
     * @throws LabException (host) if it cannot be written; what was there is there still
     */
    public static void write(Vm vm, String path, InputStream content, Deadline deadline) {
        var request = ExecRequest.of(RECEIVE.formatted(ShellWord.quote(path))).withStdin(content);
        var result = vm.execute(request, deadline);
        check(result, result.getErr(), path + " could not be written");
    }

    /**
     * Passes the content of a file on, as standard output.
     *
     * @throws LabException (host) if it cannot be read; some of it may have been passed on
     */
    public static void read(Vm vm, String path, OutputSink sink, Deadline deadline) {
        var request = ExecRequest.of("cat -- " + ShellWord.quote(path));
        var complaint = new ByteArrayOutputStream();
        OutputSink parted = (stream, data) -> {
            if (stream == OutputSink.Stream.OUT) {
                sink.received(stream, data);
            } else if (complaint.size() < LONGEST_COMPLAINT) {
                complaint.writeBytes(data);
            }
        };
        var result = vm.execute(request, parted, deadline);
        check(result, complaint.toString(StandardCharsets.UTF_8), path + " could not be read");
    }

    /** Returns whether there is a file or directory; a link counts as what it leads to. */
    public static boolean exists(Vm vm, String path, Deadline deadline) {
        return vm.execute(ExecRequest.of("test -e " + ShellWord.quote(path)), deadline)
                .succeeded();
    }

    /** Makes the directories that a path is to lie in. */
    public static void makeParent(Vm vm, String path, Deadline deadline) {
        var result =
                vm.execute(ExecRequest.of("mkdir -p -- \"$(dirname -- " + ShellWord.quote(path) + ")\""), deadline);
        check(result, result.getErr(), "the directory of " + path + " could not be made");
    }

    /**
     * Copies a file or directory to another place, with what links lead to, and makes the directories above it. A directory
     * receives it under its own name.
     *
     * @throws LabException (host) if it cannot be copied; some of it may have been
     */
    public static void copy(Vm vm, String source, String target, Deadline deadline) {
        makeParent(vm, target, deadline);
        var words = ShellWord.quote(source) + " " + ShellWord.quote(target);
        var result = vm.execute(ExecRequest.of("cp -rL -- " + words), deadline);
        check(result, result.getErr(), source + " could not be copied");
    }

    private static void check(Result result, String complaint, String failure) {
        if (!result.succeeded()) {
            throw LabException.host(failure + ": " + complaint.strip(), result.machine(), "");
        }
    }
}
