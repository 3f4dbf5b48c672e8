package org.nixlab.lab.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

import org.nixlab.base.LabException;
import org.nixlab.machine.host.PrivateDirectory;
import org.nixlab.machine.host.VmDirectory;

/**
 * Where a lab keeps its things: what stays in {@code .nixlab/NAME/} beside its network file, and the sockets of its
 * running machines in a short private directory under {@code /tmp}. {@code docs/state-directory.md} lists every file.
 *
 * @param home the directory the lab lives in
 * @param name tells it from others there
 */
public record LabDirectory(Path home, String name) {
    /**
     * Checks a name that a user gave a lab: it becomes that of a directory.
     *
     * @throws LabException (usage) if it cannot
     */
    public static void checkName(String name) {
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9._-]*")) {
            throw LabException.input(
                    "'" + name + "' cannot be the name of a lab",
                    "--lab",
                    "use letters, digits, dots, hyphens, underscores");
        }
    }

    /** Returns the labs that were loaded in a directory, but those of single runs, sorted by name. */
    public static List<LabDirectory> in(Path home) {
        return loadedIn(home).filter(lab -> !new FreshLab(lab).isMarked()).toList();
    }

    /** Returns the labs of single runs in a directory, those of runs that go on among them, sorted by name. */
    public static List<LabDirectory> freshIn(Path home) {
        return loadedIn(home).filter(lab -> new FreshLab(lab).isMarked()).toList();
    }

    private static Stream<LabDirectory> loadedIn(Path home) {
        return new StateRoot(home)
                .entries().stream()
                        .map(entry -> new LabDirectory(home, entry.getFileName().toString()))
                        .filter(lab -> lab.settings().exist())
                        .sorted((a, b) -> a.name.compareTo(b.name));
    }

    public Path state() {
        return root().path().resolve(name);
    }

    private StateRoot root() {
        return new StateRoot(home);
    }

    public Path lock() {
        return state().resolve("lock");
    }

    /**
     * Returns the directory of this lab's sockets; the same for every shell that opens the lab.
     *
     * @throws LabException (host) if somebody else has made what it would be in
     */
    public Path runtime() {
        PrivateDirectory.checkIfThere(runtimeRoot());
        return runtimeRoot().resolve(identity().id());
    }

    private LabIdentity identity() {
        return new LabIdentity(state(), runtimeRoot());
    }

    /** Returns the socket of a machine's backdoor that serves several clients at once. */
    public Path backdoor(String machine) {
        return runtime().resolve(machine + ".socket");
    }

    /** Returns where the keys of the lab for ssh are. */
    public Path ssh() {
        return state().resolve("ssh");
    }

    /** Returns where the network file is that nixlab writes for an output of a flake. */
    public Path flake() {
        return state().resolve("flake.nix");
    }

    /** Returns where the links are that keep what Nix built for the lab. */
    public Path nixRoots() {
        return state().resolve("nix");
    }

    public VmDirectory machine(String machine) {
        return VmDirectory.in(state(), runtime(), machine);
    }

    /**
     * Returns the names of the machines that have a directory here, also of those that the network no longer has, and of
     * those that run although their state was removed.
     */
    public List<String> machines() {
        var stay = entries(state().resolve("machines"));
        var run = entries(runtime()).filter(entry -> Files.exists(VmDirectory.processIn(entry)));
        return Stream.concat(stay, run)
                .map(entry -> entry.getFileName().toString())
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<Path> entries(Path directory) {
        try (var entries = Files.list(directory)) {
            return entries.toList().stream();
        } catch (NoSuchFileException e) {
            return Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the directory in which a machine's things stay, and returns it. */
    public Path makeMachine(String machine) {
        makeState();
        var state = machine(machine).state();
        root().make(state);
        return state;
    }

    /** Only its owner may look into it: consoles and histories hold what was typed, ssh keys and disks what they hold. */
    public void makeState() {
        root().make(state());
        close(state());
        identity().save();
        try {
            root().hideFromGit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(Path directory) {
        try {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            // It is another user's, who lets this one write there.
        }
    }

    /**
     * Has the state of all labs of this home kept in another place, with a link to it: Nix copies all that lies in the
     * directory of a flake without git, and refuses sockets.
     *
     * @throws LabException (usage) if there is state here already
     */
    public void keepElsewhere(Path states) {
        var state = root().path();
        if (Files.exists(state) && !Files.isSymbolicLink(state)) {
            throw LabException.input(
                    "Nix would copy the labs' state with the flake, as its directory is in no git repository",
                    state.toString(),
                    "'git init' and 'git add' the flake's files, or stop the labs and remove " + state);
        }
        var elsewhere = states.resolve("labs")
                .resolve(LabIdentity.hash(home.toAbsolutePath().normalize().toString()));
        try {
            if (Files.isSymbolicLink(state)) {
                // What it leads to may have been deleted.
                Files.createDirectories(home.resolve(Files.readSymbolicLink(state)));
                return;
            }
            Files.createDirectories(elsewhere);
            Files.createSymbolicLink(state, elsewhere);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes what was written for a lab that then could not be loaded, if it never was before. */
    public void forgetUnloaded() {
        try {
            if (!settings().exist() && Files.deleteIfExists(flake())) {
                Files.deleteIfExists(state());
                // Of a link, only what it leads to can tell that there are other labs.
                Files.deleteIfExists(root().path().toRealPath());
                Files.deleteIfExists(root().path());
            }
        } catch (IOException e) {
            // There is something else, then.
        }
    }

    /**
     * Removes the lab's state, whose machines have been ended.
     *
     * @param last the file in it that goes last
     */
    void deleteState(Path last) throws IOException {
        for (var entry : entries(state()).filter(entry -> !entry.equals(last)).toList()) {
            PrivateDirectory.delete(entry);
        }
        Files.deleteIfExists(last);
        Files.deleteIfExists(state());
    }

    /** Removes a directory of a lab that was only begun. */
    void deleteEmptyState() {
        try {
            Files.deleteIfExists(state());
        } catch (IOException e) {
            // There is something in it.
        }
    }

    public void makeRuntime() {
        PrivateDirectory.make(runtimeRoot());
        PrivateDirectory.make(runtime());
    }

    /** Removes the runtime directory, and the user's common one if that was its last. */
    public void deleteRuntime() {
        try {
            PrivateDirectory.delete(runtime());
            try (var rest = Files.list(runtimeRoot())) {
                if (rest.findAny().isPresent()) {
                    return;
                }
            }
            Files.deleteIfExists(runtimeRoot());
        } catch (FileSystemException e) {
            // Another lab of this user has just begun to use the common directory.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what the lab was last loaded with. */
    public LabSettings settings() {
        return new LabSettings(state().resolve("lab.properties"), home, name);
    }

    private static Path runtimeRoot() {
        return Path.of("/tmp/nixlab-" + PrivateDirectory.ownUid());
    }
}
