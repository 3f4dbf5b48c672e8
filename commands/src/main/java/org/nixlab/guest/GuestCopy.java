package org.nixlab.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

/**
 * Copies files and directories into a machine and out of it, with their modes, times and symbolic links, as {@code cp}
 * names things: into a target that is a directory, else under the target's name. What arrives belongs to the user who
 * receives it: root in the machine. On the host nothing becomes setuid: what a guest holds is not to be trusted there.
 *
 * <p>Nothing is seen at the target before all of it has arrived and its checksums are right. A directory that is there
 * already is added to, file by file.
 */
public final class GuestCopy {
    // Names come after a slash: the rest of a name with newlines does not look like this.
    private static final Pattern SUM = Pattern.compile("^(\\d+ \\d+) \\./.*", Pattern.MULTILINE);

    private final GuestShell shell;
    private final String machine;

    public GuestCopy(GuestShell shell, String machine) {
        this.shell = shell;
        this.machine = machine;
    }

    /** Returns how many bytes the files of a file or directory of the host have, or -1 if they cannot be counted. */
    public static long size(Path source) {
        try (var files = Files.walk(source)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return -1;
        }
    }

    /** Returns about how many bytes the files of a file or directory of the machine have, or -1 if it does not say. */
    public long size(String source, Deadline deadline) {
        var counted = shell.run(
                ExecRequest.of("du -sb -- " + GuestScript.quote(source) + " 2>/dev/null | cut -f1"), deadline);
        var text = counted.out().text().strip();
        return text.matches("\\d+") ? Long.parseLong(text) : -1;
    }

    /**
     * Copies a file or directory of the host into the machine.
     *
     * @param target path in the machine; a relative one is relative to root's home
     * @param progress is told how many bytes of files have been sent, by another thread
     */
    public CopyResult in(Path source, String target, LongConsumer progress, Deadline deadline) {
        if (!Files.exists(source)) {
            throw LabException.input(source + " does not exist", "", "");
        }
        var name = source.toAbsolutePath().normalize().getFileName();
        var script = receiveScript(target, name == null ? "root" : name.toString());
        try (var running = shell.start("copying " + source, ExecRequest.of(script), true, deadline)) {
            var sent = send(source, running, progress);
            var output = new CommandOutput(running, deadline);
            var exit = output.finish();
            var result = result(sent, source);
            if (exit.status() != 0) {
                throw failure("`" + source + "` could not be copied to " + target, output.errors());
            }
            return result;
        }
    }

    /**
     * Copies a file or directory of the machine to the host.
     *
     * @param progress is told how many bytes of files have come
     */
    public CopyResult out(String source, Path target, LongConsumer progress, Deadline deadline) {
        var stage = stage(target);
        try (var running = shell.start("copying " + source, ExecRequest.of(sendScript(source)), false, deadline)) {
            var output = new CommandOutput(running, deadline);
            var receiver = new TarReceiver(stage, progress);
            var result = receiver.receive(output);
            var exit = output.finish();
            if (exit.status() != 0) {
                throw failure(source + " could not be copied from the machine", output.errors());
            }
            if (!receiver.sums().equals(sums(output.errors()))) {
                throw failure(source + " changed while it was copied, or was damaged", "");
            }
            place(stage, target);
            return result;
        } catch (IOException e) {
            throw new LabException(
                    ExitCode.HOST_FAILED,
                    source + " could not be copied to " + target + ": " + e.getMessage(),
                    machine,
                    "",
                    e);
        } finally {
            delete(stage);
        }
    }

    // Sent by a thread of its own, so that the caller's deadline and interrupt hold while the guest takes nothing.
    private CompletableFuture<CopyResult> send(Path source, RunningCommand running, LongConsumer progress) {
        var sent = new CompletableFuture<CopyResult>();
        var thread = new Thread(
                () -> {
                    try (var stream = running.stdin()) {
                        sent.complete(new TarSender(progress).send(source.toRealPath(), stream));
                    } catch (IOException | RuntimeException e) {
                        sent.completeExceptionally(e);
                        running.cancel();
                    }
                },
                "nixlab-" + machine + "-copy");
        thread.setDaemon(true);
        thread.start();
        return sent;
    }

    // A failure of the guest's side breaks the stream, so it is the guest's words that matter then.
    private CopyResult result(CompletableFuture<CopyResult> sent, Path source) {
        try {
            return sent.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException cause && !(cause instanceof StdinStream.EndedException)) {
                throw new LabException(
                        ExitCode.HOST_FAILED,
                        "`" + source + "` could not be read: " + cause.getMessage(),
                        "",
                        "",
                        cause);
            }
            return new CopyResult(0, 0, List.of());
        }
    }

    private LabException failure(String what, String errors) {
        var reason = errors.lines()
                .filter(line -> !SUM.matcher(line).matches())
                .findFirst()
                .orElse("");
        return LabException.host(what + (reason.isEmpty() ? "" : ": " + reason), machine, "");
    }

    private static String receiveScript(String target, String name) {
        return """
                t=%s n=%s
                if [[ -d $t ]]; then t=${t%%/}/$n
                elif [[ $t == */ ]]; then echo "there is no directory $t" >&2; exit 1; fi
                d=$(dirname -- "$t")
                [[ -d $d ]] || { echo "there is no directory $d" >&2; exit 1; }
                s=$d/.nixlab-copy.$BASHPID.$RANDOM
                trap 'rm -rf -- "$s"' EXIT
                trap 'exit 1' TERM
                mkdir -m 700 -- "$s" || exit
                tar -x -p --no-same-owner -f - -C "$s" || exit
                cd -- "$s" && find ./data -type f -exec cksum {} + | grep -a '^[0-9]* [0-9]* \\./' | cut -d' ' -f1,2 |
                    LC_ALL=C sort | cmp -s - sums || { echo "the data was damaged on its way" >&2; exit 1; }
                cd - >/dev/null
                if [[ -d $s/data && -d $t && ! -L $s/data ]]; then
                    cp -a -l -f -T -- "$s/data" "$t" 2>/dev/null || cp -a -f -T -- "$s/data" "$t"
                else mv -f -T -- "$s/data" "$t"; fi
                """.formatted(GuestScript.quote(target), GuestScript.quote(name));
    }

    private static String sendScript(String source) {
        return """
                p=$(realpath -s -- %s) || exit
                [[ -e $p || -L $p ]] || { echo "there is no $p" >&2; exit 1; }
                n=${p##*/}
                cd -- "$(dirname -- "$p")" && tar -c --format=posix --hard-dereference -b 128 -f - -- "./${n:-.}" && find "./${n:-.}" -type f -exec cksum {} + >&2
                """.formatted(GuestScript.quote(source));
    }

    private static List<String> sums(String errors) {
        var found = new ArrayList<String>();
        var matcher = SUM.matcher(errors);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        Collections.sort(found);
        return found;
    }

    private static Path stage(Path target) {
        var parent =
                Files.isDirectory(target) ? target : target.toAbsolutePath().getParent();
        if (!Files.isDirectory(parent)) {
            throw LabException.input("there is no directory " + parent, "", "make it first");
        }
        try {
            return Files.createTempDirectory(parent, ".nixlab-copy-");
        } catch (IOException e) {
            throw LabException.input(
                    "nothing can be written to " + parent + ": " + e.getMessage(), "", "choose another target");
        }
    }

    private static void place(Path stage, Path target) throws IOException {
        try (var children = Files.list(stage)) {
            for (var child : children.toList()) {
                merge(child, Files.isDirectory(target) ? target.resolve(child.getFileName()) : target);
            }
        }
    }

    private static void merge(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS) || !Files.isDirectory(to)) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        try (var children = Files.list(from)) {
            for (var child : children.toList()) {
                merge(child, to.resolve(child.getFileName()));
            }
        }
    }

    private static void delete(Path tree) {
        try (var paths = Files.walk(tree)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
