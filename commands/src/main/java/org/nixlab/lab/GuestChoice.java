package org.nixlab.lab;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.Progress;
import org.nixlab.nix.Evaluation;

/**
 * What {@code --guest auto} comes to: NixOS where there is a nixpkgs tree, a Nix that can evaluate it, and nothing to be
 * compiled; else Debian. Nobody starts to compile the world without having said so.
 */
record GuestChoice(Workshops workshops) {
    /**
     * What was chosen.
     *
     * @param evaluation the network as machines of that system, if it had to be read for the choice
     */
    record Chosen(GuestSystem system, Optional<Evaluation> evaluation) {
        private static Chosen of(GuestSystem system) {
            return new Chosen(system, Optional.empty());
        }
    }

    /** Returns the guest system; where there was something to choose, a line says which and why. */
    Chosen choose(LoadRequest request, Progress progress, Deadline deadline) {
        if (request.guestSystem() != GuestSystem.AUTO) {
            workshops.of(request.guestSystem()).requireSupported(request);
            return Chosen.of(request.guestSystem());
        }
        if (request.flake().isPresent()) {
            return Chosen.of(GuestSystem.NIXOS);
        }
        var nixos = workshops.of(GuestSystem.NIXOS);
        if (!Files.exists(request.file()) || !nixos.mayHaveTree(request)) {
            return Chosen.of(GuestSystem.DEBIAN);
        }
        try {
            var evaluation = nixos.evaluate(request, progress, deadline);
            var compiled = nixos.toCompile(request, evaluation.network().machines(), progress, deadline);
            if (compiled.isEmpty()) {
                progress.note("guests are NixOS: all is built or can be fetched (--guest debian for Debian)");
                return new Chosen(GuestSystem.NIXOS, Optional.of(evaluation));
            }
            progress.note(
                    "guests are Debian: NixOS would have to compile " + some(compiled) + " (--guest nixos does it)");
        } catch (CancelledException | DeadlineException e) {
            throw e;
        } catch (LabException e) {
            // Who names a tree wants to know what is wrong for it, and not what Debian guests say to the same file.
            if (request.nix().namesTree() && e.exitCode() != ExitCode.HOST_FAILED) {
                throw e;
            }
            progress.note(
                    "guests are Debian: " + e.getMessage().lines().findFirst().orElse(""));
        }
        return Chosen.of(GuestSystem.DEBIAN);
    }

    private static String some(List<String> names) {
        return names.size() == 1 ? names.get(0) : names.size() + " packages, such as " + names.get(0);
    }
}
