package org.nixlab.command.verb;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.command.Context;
import org.nixlab.command.display.GuestOutput;
import org.nixlab.command.text.SizeText;
import org.nixlab.lab.Lab;
import org.nixlab.lab.system.EachMachine;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.GuestFiles;
import org.nixlab.machine.Vm;
import org.nixlab.talk.CopyProgress;

/** One copy and all that it takes. */
record Copying(Context context, Lab lab, Progress progress, Deadline deadline) {
    Path onHost(String path) {
        return context.session().directory().resolve(path);
    }

    void in(Path source, String path, CopyPlace target) {
        if (!Files.exists(source)) {
            throw LabException.input("there is no file '" + source + "' on the host", "", "");
        }
        var chosen = target.machines().orElseThrow().select(lab.network());
        EachMachine.values(EachMachine.attempt(chosen, machine -> {
            var what = Optional.ofNullable(source.getFileName()).orElse(source) + " to " + machine.name();
            lab.machine(machine.name()).copyIn(source, path, show(what), deadline);
            progress.step(what, "", 1);
            return machine;
        }));
    }

    void out(CopyPlace source, Path target) {
        var vm = one(source);
        var what = source.path() + " from " + vm.declared().name();
        vm.copyOut(source.path(), target, show(what), deadline);
        progress.step(what, "", 1);
    }

    void across(CopyPlace source, String path, CopyPlace target) {
        var from = one(source);
        var chosen = target.machines().orElseThrow().select(lab.network());
        EachMachine.values(EachMachine.attempt(chosen, machine -> {
            var what = source.path() + " from " + from.declared().name() + " to " + machine.name();
            from.copyTo(source.path(), lab.machine(machine.name()), path, show(what), deadline);
            progress.step(what, "", 1);
            return machine;
        }));
    }

    void fromInput(CopyPlace target) {
        GuestFiles.write(one(target), target.path(), context.frontend().input(), deadline);
    }

    void toOutput(CopyPlace source) {
        var output = GuestOutput.plain(context.display());
        try {
            GuestFiles.read(one(source), source.path(), output, deadline);
        } finally {
            output.finish();
        }
    }

    private Vm one(CopyPlace place) {
        return MachineParameter.one(
                place.machines().orElseThrow(),
                lab,
                names -> LabException.input(
                        "copy: this goes with one machine only",
                        place.path(),
                        "name one of: " + String.join(" ", names)));
    }

    /** A Path cannot say that it ends with a slash, so what that asks for is seen to here. */
    Path into(String target) {
        var path = onHost(target);
        if (target.endsWith("/") && !Files.isDirectory(path)) {
            throw LabException.input("there is no directory " + path, "", "make it first");
        }
        return path;
    }

    private CopyProgress show(String what) {
        long begin = System.nanoTime();
        return new CopyProgress() {
            @Override
            public void copied(long done, long total) {
                double seconds = Math.max(0.001, (System.nanoTime() - begin) / 1e9);
                progress.step(
                        what,
                        SizeText.format(done) + (total < done ? "" : " of " + SizeText.format(total)) + ", "
                                + SizeText.format(Math.round(done / seconds)) + "/s",
                        // Done is said when all is checked and in its place.
                        total <= 0 ? -1 : Math.min(0.99, (double) done / total));
            }

            @Override
            public void note(String line) {
                progress.note(line);
            }
        };
    }
}
