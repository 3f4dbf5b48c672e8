package org.nixlab.lab.state;

import java.util.Optional;

import org.nixlab.base.Detail;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;

import static java.util.Objects.requireNonNull;

/**
 * What a lab was loaded with, to be written to its settings: what of it is not said the next time stays as it was.
 *
 * @param said what the user has said by now, and the guest system that it came to
 * @param tree the nixpkgs tree that the environment named where the user did not; empty where no tree was wanted
 */
public record LabMemory(LabDirectory directory, LoadRequest said, Optional<String> tree) {
    public LabMemory {
        requireNonNull(directory, "directory");
        requireNonNull(said, "said");
        requireNonNull(tree, "tree");
    }

    /** Returns a wish, and for what it says nothing of, what an earlier one said. */
    public static LoadRequest over(LoadRequest wish, LoadRequest earlier) {
        return wish.withNix(wish.nix().orElse(earlier.nix()))
                .withMirror(wish.mirror().or(earlier::mirror))
                .withGuestSystem(guestSystem(wish, earlier));
    }

    private static GuestSystem guestSystem(LoadRequest wish, LoadRequest earlier) {
        if (wish.guestSystem() != GuestSystem.AUTO) {
            return wish.guestSystem();
        }
        // Who names a tree thinks of NixOS; whether it can be had is to be found out.
        return earlier.guestSystem() == GuestSystem.DEBIAN && wish.nix().namesTree()
                ? GuestSystem.AUTO
                : earlier.guestSystem();
    }

    /** Returns whether a wish names more than a network, as somebody does who has plans with it. */
    public static boolean saysMore(LoadRequest wish) {
        return wish.guestSystem() != GuestSystem.AUTO
                || wish.mirror().isPresent()
                || wish.labName().isPresent()
                || !wish.nix().equals(NixOptions.NONE);
    }

    /** Makes the lab's state, and writes the settings unless just these are written there. */
    public void keep() {
        directory.makeState();
        var settings = directory.settings();
        if (!settings.load()
                        .equals(Optional.of(said.withLabName(directory.name()).with(Detail.SCREEN)))
                || !settings.tree().equals(tree)) {
            settings.save(said, tree);
        }
    }
}
