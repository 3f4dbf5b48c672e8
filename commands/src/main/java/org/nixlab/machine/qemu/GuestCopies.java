package org.nixlab.machine.qemu;

import java.nio.file.Path;
import java.util.function.Consumer;

import org.nixlab.base.Deadline;
import org.nixlab.guest.copy.GuestCopy;
import org.nixlab.talk.CopyProgress;

/** Copies into a machine, out of it and to another, whichever boot of it is the present one. */
record GuestCopies(String machine, GuestAccess guest) {
    void in(Path source, String target, CopyProgress progress, Deadline deadline) {
        with(progress, copy -> copy.in(source, target, progress, deadline));
    }

    void out(String source, Path target, CopyProgress progress, Deadline deadline) {
        with(progress, copy -> copy.out(source, target, progress, deadline));
    }

    void to(String source, GuestCopies other, String target, CopyProgress progress, Deadline deadline) {
        with(progress, copy -> other.with(progress, into -> copy.across(source, into, target, progress, deadline)));
    }

    private void with(CopyProgress progress, Consumer<GuestCopy> action) {
        guest.talk(
                shell -> {
                    action.accept(new GuestCopy(shell, machine));
                    return null;
                },
                progress::note);
    }
}
