package org.nixlab.lab.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.nixlab.machine.host.VmDirectory;
import org.nixlab.process.Daemon;

import static java.util.Objects.requireNonNull;

/**
 * Which runtime directory is a lab's. Its name is written down in the lab's state together with what that directory is to
 * the file system (device and inode): so it stays the lab's when the state is moved, while a copy finds that the name is
 * not its own. Nothing is cached, since all of it may change while a shell looks.
 */
final class LabIdentity {
    private static final Pattern SAVED = Pattern.compile("([0-9a-f]{8}) (\\d{1,19}:\\d{1,19})");

    private final Path state;
    private final Path runtimes;

    /**
     * @param state where the lab keeps what stays
     * @param runtimes where the runtime directories of all labs of the user are
     */
    LabIdentity(Path state, Path runtimes) {
        this.state = requireNonNull(state, "state").toAbsolutePath().normalize();
        this.runtimes = requireNonNull(runtimes, "runtimes");
    }

    /** Returns the name of the lab's runtime directory, the same for every shell that opens the lab. */
    String id() {
        return saved().or(this::running).orElseGet(this::fresh);
    }

    /** Writes it down; the lab's state is there. */
    void save() {
        if (saved().isPresent()) {
            return;
        }
        var text = id() + " " + inode(state).orElseThrow();
        try {
            Drafts.write(file(), text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> saved() {
        try {
            var saved = SAVED.matcher(
                    Files.readString(file(), StandardCharsets.ISO_8859_1).strip());
            return saved.matches()
                            && inode(state).filter(saved.group(2)::equals).isPresent()
                    ? Optional.of(saved.group(1))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            // To take another name for want of open files would be to lose the machines that run.
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the name under which machines of this lab run: their logs are in its state, or were when that was removed
     * under them.
     */
    private Optional<String> running() {
        return runtimes()
                .filter(runtime -> logs(runtime).stream().anyMatch(this::isBelowState))
                .map(runtime -> runtime.getFileName().toString())
                .findFirst();
    }

    /**
     * Returns a name of which no other lab makes use. One that was here and has been moved away had another home; what was
     * moved over from another file system is known by its machines alone.
     */
    private String fresh() {
        var home = inode(state.resolveSibling("..").resolveSibling("..").normalize())
                .orElse("");
        for (int attempt = 0; ; attempt++) {
            var id = hash(state + "\n" + home + "\n" + attempt);
            if (logs(runtimes.resolve(id)).stream().allMatch(this::isBelowState)) {
                return id;
            }
        }
    }

    private boolean isBelowState(String log) {
        return log.startsWith(state + "/") || log.startsWith(realState() + "/");
    }

    /** The state itself may be gone. */
    private Path realState() {
        var parent = state.getParent();
        while (parent != null) {
            try {
                return parent.toRealPath().resolve(parent.relativize(state));
            } catch (IOException e) {
                parent = parent.getParent();
            }
        }
        return state;
    }

    /** Returns where the logs of a directory's running machines are now: the kernel knows, also after a move. */
    private static List<String> logs(Path runtime) {
        try (var machines = Files.list(runtime)) {
            return machines.map(VmDirectory::processIn)
                    .map(Daemon::load)
                    .flatMap(Optional::stream)
                    .filter(Daemon::isAlive)
                    .map(LabIdentity::log)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static Optional<String> log(Daemon process) {
        return process.output().map(Path::toString);
    }

    private Stream<Path> runtimes() {
        try (var entries = Files.list(runtimes)) {
            return entries
                    .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException | UncheckedIOException e) {
            return Stream.empty();
        }
    }

    private static Optional<String> inode(Path directory) {
        try {
            var attributes = Files.readAttributes(directory, "unix:dev,ino");
            return Optional.of(attributes.get("dev") + ":" + attributes.get("ino"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static String hash(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 8);
    }

    private Path file() {
        return state.resolve("id");
    }
}
