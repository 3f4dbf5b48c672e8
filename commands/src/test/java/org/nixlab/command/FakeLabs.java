package org.nixlab.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.lab.ImageSummary;
import org.nixlab.lab.Lab;
import org.nixlab.lab.Labs;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.lab.system.Progress;
import org.nixlab.model.Network;
import org.nixlab.model.Selector;
import org.nixlab.model.option.OptionDocument;

/** Labs of fake machines: every file that exists is the same network. */
public final class FakeLabs implements Labs {
    public final List<FakeLab> opened = new ArrayList<>();
    public final List<LoadRequest> requests = new CopyOnWriteArrayList<>();
    /** Those of the requests that were only to look. */
    public final List<LoadRequest> looks = new ArrayList<>();
    /** Those of the requests that were for labs of single runs. */
    public final List<LoadRequest> runs = new ArrayList<>();
    /** The texts of networks that are in no file of their own. */
    public final List<String> texts = new ArrayList<>();
    /** Labs that are in the same directory as {@code seed}, and do not run. */
    public final List<String> others = new ArrayList<>();
    /** Whether machines run when their lab is opened. */
    public boolean running;
    /** What loading fails with. */
    public Optional<RuntimeException> failure = Optional.empty();
    /** Hears of each network that is checked, in the thread that does it. */
    public Consumer<LoadRequest> checking = request -> {};

    private final Network network;

    public FakeLabs(Network network) {
        this.network = network;
    }

    /** Returns the lab opened last. */
    public FakeLab last() {
        return opened.get(opened.size() - 1);
    }

    @Override
    public Lab load(LoadRequest request, Progress progress, Deadline deadline) {
        return load(request, false, deadline);
    }

    @Override
    public Lab fresh(LoadRequest request, Progress progress, Deadline deadline) {
        runs.add(request);
        return load(request, true, deadline);
    }

    @Override
    public Lab freshOf(String text, LoadRequest request, Progress progress, Deadline deadline) {
        texts.add(text);
        return fresh(request, progress, deadline);
    }

    private Lab load(LoadRequest request, boolean fresh, Deadline deadline) {
        requests.add(request);
        require(request);
        var lab = new FakeLab(request.file(), network, fresh);
        return opened(lab, deadline);
    }

    private void require(LoadRequest request) {
        failure.ifPresent(thrown -> {
            throw thrown;
        });
        if (!Files.isRegularFile(request.file())) {
            throw LabException.input("there is no file '" + request.file() + "'", "", "");
        }
        if (request.file().toString().contains("broken")) {
            throw new LabException(
                    ExitCode.BUILD_FAILED,
                    "undefined variable 'pkg'",
                    request.file().getFileName() + ":3:5",
                    "");
        }
    }

    @Override
    public Checked check(LoadRequest request, Progress progress, Deadline deadline) {
        requests.add(request);
        var system = request.guestSystem() == GuestSystem.AUTO ? GuestSystem.DEBIAN : request.guestSystem();
        checking.accept(request);
        try {
            require(request);
            return new Checked(system, Optional.of(network), Optional.empty());
        } catch (LabException e) {
            return new Checked(system, Optional.empty(), Optional.of(e));
        }
    }

    private FakeLab opened(FakeLab lab, Deadline deadline) {
        opened.add(lab);
        if (running && !lab.name().contains("@")) {
            lab.run(Selector.ALL, new Lab.RunRequest(false, false), Progress.NONE, deadline);
        }
        return lab;
    }

    @Override
    public Lab look(LoadRequest request, Progress progress, Deadline deadline) {
        looks.add(request);
        return load(request, progress, deadline);
    }

    @Override
    public Meant meant(Path directory, Optional<String> name, Use use, Progress progress) {
        var home = directory;
        while (home != null && !isLabIn(home)) {
            home = home.getParent();
        }
        if (home == null) {
            throw LabException.input("no lab has been loaded in this directory", "", "'load FILE' loads a network");
        }
        boolean isGuess = !others.isEmpty() && name.isEmpty();
        if (isGuess && (use == Use.CHANGE || !running)) {
            throw LabException.input(
                    "there is more than one lab in this directory",
                    home.toString(),
                    "say which with --lab: seed " + String.join(" ", others));
        }
        return new Meant(home, name.orElse("seed"), isGuess);
    }

    @Override
    public Lab open(Path directory, Optional<String> name, Progress progress, Deadline deadline) {
        if (!isLabIn(directory)) {
            throw LabException.input("no lab has been loaded in this directory", "", "'load FILE' loads a network");
        }
        return opened(new FakeLab(directory.resolve(name.orElse("seed") + ".nix"), network), deadline);
    }

    @Override
    public boolean isLabIn(Path directory) {
        return Files.exists(directory.resolve(".nixlab"));
    }

    @Override
    public List<OptionDocument> options(GuestSystem system, NixOptions nix, Deadline deadline) {
        return documents();
    }

    static List<OptionDocument> documents() {
        return List.of(
                option("services.httpd.enable", "false"),
                option("services.httpd.virtualHosts", "{ }"),
                option("services.openssh.enable", "false"));
    }

    private static OptionDocument option(String name, String standard) {
        return new OptionDocument(name, "boolean", standard, "true", "Whether to enable " + name + ".", "");
    }

    @Override
    public List<ImageSummary> images() {
        return List.of(
                new ImageSummary("0123456789abcdef", "base", "bookworm amd64", 210_000_000, Instant.EPOCH, true),
                new ImageSummary("fedcba9876543210", "packages", "lynx", 4_000_000, Instant.EPOCH, false));
    }

    @Override
    public List<ImageSummary> pruneImages(Deadline deadline) {
        return images().subList(1, 2);
    }
}
