package org.nixlab.image.debian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.nixlab.base.Deadline;
import org.nixlab.image.cache.BuildFailure;
import org.nixlab.image.cache.BuildProgress;
import org.nixlab.image.cache.Workspace;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.process.HostCommand;

/** Assembles root directories with mmdebstrap(1) and hands them over as tar archives: as root and as anyone alike. */
public final class Mmdebstrap {
    private final HostTools tools;
    private final BuildProgress progress;

    public Mmdebstrap(HostTools tools, BuildProgress progress) {
        this.tools = tools;
        this.progress = progress;
    }

    /** Returns the mode in which mmdebstrap makes files of several owners. */
    public static String mode() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0) ? "root" : "unshare";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs it.
     *
     * @param what how progress and failures call it
     * @param architecture of the system it assembles
     * @param options further options
     * @param sources lines of a sources.list(5)
     * @param target the tar archive it makes
     */
    public void run(
            String what,
            GuestArchitecture architecture,
            List<String> options,
            List<String> sources,
            Path target,
            Workspace workspace,
            Deadline deadline) {
        tools.require("mmdebstrap");
        if (mode().equals("unshare")) {
            tools.require("newuidmap");
        }
        var emulation = Emulation.neededFor(architecture, tools);
        var words = new ArrayList<String>();
        words.addAll(List.of("mmdebstrap", "--format=tar"));
        words.addAll(emulation.map(Emulation::options).orElse(List.of("--mode=" + mode())));
        words.add("--architectures=" + architecture.debianName());
        words.addAll(options);
        words.add(Mirror.RELEASE);
        words.add(target.toString());
        words.addAll(sources);
        var command = HostTools.inSystemPath(HostCommand.of(words))
                .environment("TMPDIR", workspace.roots().toString())
                .environment("LC_ALL", "C.UTF-8");
        if (emulation.isPresent()) {
            progress.note(
                    "this host runs no 32-bit programs, so those of i686 machines are emulated, which takes minutes");
        }
        var contained = emulation.map(emulator -> emulator.around(command)).orElseGet(() -> contained(command));
        var result = workspace.attempt(contained, line -> report(what, line), deadline);
        if (!result.succeeded()) {
            throw BuildFailure.of(what, command.program(), result.out() + result.err(), workspace.log());
        }
    }

    /** As anyone else than root it makes a namespace itself. */
    private static HostCommand contained(HostCommand command) {
        return mode().equals("root") ? PrivateMounts.around(command) : command;
    }

    private void report(String what, String line) {
        for (var stage : Stage.values()) {
            if (line.startsWith(stage.line)) {
                progress.step(what, stage.shown, stage.fraction);
            }
        }
    }

    /** Where mmdebstrap is, by what it prints, and about how much of its time has then passed. */
    private enum Stage {
        UPDATE("I: running apt-get update", "reading the package index", 0.02),
        DOWNLOAD("I: downloading packages", "downloading", 0.06),
        EXTRACT("I: extracting archives", "unpacking", 0.12),
        ESSENTIAL("I: installing essential", "installing essential packages", 0.3),
        REMAINING("I: installing remaining", "installing packages", 0.45),
        CLEAN("I: cleaning", "cleaning up", 0.88),
        PACK("I: creating tarball", "packing", 0.92);

        private final String line;
        private final String shown;
        private final double fraction;

        Stage(String line, String shown, double fraction) {
            this.line = line;
            this.shown = shown;
            this.fraction = fraction;
        }
    }
}
