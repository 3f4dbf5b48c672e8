package org.nixlab.lab.entrance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

import org.nixlab.base.LabException;
import org.nixlab.machine.host.VmDirectory;

/**
 * The {@code MACHINE.socket} link that {@code --use-backdoor} leaves in a working directory. The machine's directory says
 * where it is, so that whoever stops the machine, from wherever, finds it.
 *
 * @param vm where the machine keeps its things
 * @param link the link
 * @param socket where it leads
 */
public record BackdoorLink(VmDirectory vm, Path link, Path socket) {
    /** Returns a machine's link as it was left, or empty if none was, or it is that of a lab this one is a copy of. */
    public static Optional<BackdoorLink> of(VmDirectory vm) {
        try {
            var lines = Files.readAllLines(record(vm));
            if (lines.size() != 2) {
                return Optional.empty();
            }
            var link = vm.state().resolve(lines.get(0)).normalize();
            return Optional.of(new BackdoorLink(vm, link, Path.of(lines.get(1))))
                    .filter(left -> left.socket.startsWith(vm.runtime().getParent()));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /**
     * Leaves the link; one to the same backdoor is replaced.
     *
     * @throws LabException (usage) if anything else is in its place
     */
    void leave() {
        try {
            if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !isOurs()) {
                throw LabException.input(
                        link.getFileName() + " is in the way of the backdoor's link", link.toString(), "move it away");
            }
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, socket);
            Files.writeString(record(vm), noted() + "\n" + socket + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the link if it is still that. */
    void remove() {
        try {
            if (isOurs()) {
                Files.delete(link);
            }
            Files.deleteIfExists(record(vm));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Beside the lab's state it is moved with it. */
    private Path noted() {
        var state = vm.state().toAbsolutePath().normalize();
        var home = state.resolve("../../../..").normalize();
        return link.startsWith(home) ? state.relativize(link) : link;
    }

    private boolean isOurs() throws IOException {
        return Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(socket);
    }

    private static Path record(VmDirectory vm) {
        return vm.state().resolve("backdoor-link");
    }
}
