package org.nixlab.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.base.Threads;
import org.nixlab.lab.state.ForeignMachines;
import org.nixlab.lab.state.FreshLabs;
import org.nixlab.lab.state.KnownLabs;
import org.nixlab.lab.state.LabDirectory;
import org.nixlab.lab.state.LabMemory;
import org.nixlab.lab.state.LoadedNetwork;
import org.nixlab.lab.system.FlakeReference;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.Host;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.lab.system.Progress;
import org.nixlab.model.option.OptionDocument;
import org.nixlab.nix.Evaluation;
import org.nixlab.nix.NetworkPart;

/** Labs on this host. */
public final class LocalLabs implements Labs {
    /** The plug of what could not be loaded is pulled in moments, whatever became of the time for loading. */
    private static final Duration TIDYING = Duration.ofSeconds(20);

    private final Workshops workshops;
    private final NetworkCheck check;

    public LocalLabs(Host host) {
        this.workshops = new Workshops(host);
        this.check = new NetworkCheck(workshops.forChecks());
    }

    @Override
    public Lab load(LoadRequest wish, Progress progress, Deadline deadline) {
        runs(directory(wish), progress).clean(deadline);
        var lab = read(wish, progress, deadline);
        lab.keep();
        return lab;
    }

    @Override
    public Lab look(LoadRequest wish, Progress progress, Deadline deadline) {
        var lab = read(wish, progress, deadline);
        // The network file of a flake is in the lab's state.
        if (wish.flake().isPresent() || LabMemory.saysMore(wish)) {
            lab.keep();
        }
        return lab;
    }

    @Override
    public Checked check(LoadRequest wish, Progress progress, Deadline deadline) {
        wish.labName().ifPresent(LabDirectory::checkName);
        var directory = directory(wish);
        var placed = placed(wish, directory);
        var earlier = directory.settings().load().filter(before -> isSame(before, placed));
        var request = earlier.map(before -> withTree(LabMemory.over(placed, before), directory))
                .orElse(placed);
        return check.of(request, progress, deadline);
    }

    @Override
    public Lab fresh(LoadRequest wish, Progress progress, Deadline deadline) {
        return fresh(wish, directory(wish), Optional.empty(), progress, deadline);
    }

    @Override
    public Lab freshOf(String text, LoadRequest wish, Progress progress, Deadline deadline) {
        var scenario = wish.file().toAbsolutePath().normalize();
        var name = wish.labName().orElse(scenario.getFileName().toString().replaceFirst("(?<=.)\\.[^.]*$", ""));
        return fresh(wish, new LabDirectory(scenario.getParent(), name), Optional.of(text), progress, deadline);
    }

    /** @param named the lab that would stay, if there is one */
    private Lab fresh(
            LoadRequest wish, LabDirectory named, Optional<String> text, Progress progress, Deadline deadline) {
        wish.labName().ifPresent(LabDirectory::checkName);
        keepElsewhereIfCopied(wish, named);
        var runs = runs(named, progress);
        var made = runs.make(named.name(), text, deadline);
        try {
            var lab =
                    fresh(made, text.isEmpty() ? wish : wish.withFile(made.lab().file()), named, progress, deadline);
            lab.keep();
            return lab;
        } catch (RuntimeException e) {
            Threads.undisturbed("discard", () -> {
                runs.remove(made.lab(), Deadline.in(TIDYING));
                made.lock().close();
            });
            throw e;
        }
    }

    private LocalLab fresh(
            FreshLabs.Made made, LoadRequest wish, LabDirectory named, Progress progress, Deadline deadline) {
        var directory = made.lab().directory();
        var placed = placed(wish.forScript(), directory);
        var earlier = named.settings().load().filter(before -> isSame(before, placed(wish, named)));
        var memory = earlier.isPresent() ? named : directory;
        var said = earlier.map(before -> LabMemory.over(placed, before)).orElse(placed);
        var request = withSystem(withTree(said, memory), progress, deadline);
        var evaluation = evaluate(request, progress, deadline);
        return LocalLab.of(
                made,
                request,
                workshops,
                evaluation,
                new LabMemory(directory, settled(said, request), tree(said, request, memory, deadline)));
    }

    private FreshLabs runs(LabDirectory there, Progress progress) {
        return new FreshLabs(there.home(), LabEnd::now, progress::note);
    }

    private LocalLab read(LoadRequest wish, Progress progress, Deadline deadline) {
        wish.labName().ifPresent(LabDirectory::checkName);
        var directory = directory(wish);
        setAsideDamaged(directory, progress);
        var placed = placed(wish, directory);
        // Before anything is written: to read another network would take the place of what is known of this one.
        requireSame(directory, placed);
        var earlier = directory.settings().load();
        var said = earlier.map(before -> LabMemory.over(placed, before)).orElse(placed);
        var request = withSystem(withTree(said, directory), progress, deadline);
        keepElsewhereIfCopied(request, directory);
        var evaluation = evaluate(request, directory, progress, deadline);
        earlier.filter(before -> before.guestSystem() != request.guestSystem())
                .ifPresent(before -> progress.note(change(before, request)));
        return new LocalLab(
                request,
                workshops,
                evaluation,
                new LabMemory(directory, settled(said, request), tree(said, request, directory, deadline)));
    }

    private void keepElsewhereIfCopied(LoadRequest request, LabDirectory directory) {
        if (request.flake().filter(FlakeReference::isCopiedWhole).isPresent()) {
            directory.keepElsewhere(workshops.host().state());
        }
    }

    private static LoadRequest settled(LoadRequest said, LoadRequest request) {
        return said.withGuestSystem(request.guestSystem());
    }

    private Optional<String> tree(LoadRequest said, LoadRequest request, LabDirectory memory, Deadline deadline) {
        return workshops
                .of(request.guestSystem())
                .treeOfEnvironment(settled(said, request), deadline)
                .or(() -> memory.settings().tree());
    }

    @Override
    public Meant meant(Path directory, Optional<String> name, Use use, Progress progress) {
        var home = KnownLabs.nearestHome(directory);
        LabDirectory.in(home).forEach(lab -> setAsideDamaged(lab, progress));
        var known = new KnownLabs(home);
        var found = use == Use.LOOK ? known.findRunning(name) : known.find(name);
        return new Meant(home, found.name(), name.isEmpty() && !known.isClear());
    }

    @Override
    public Lab open(Path home, Optional<String> name, Progress progress, Deadline deadline) {
        LabDirectory.in(home).forEach(lab -> setAsideDamaged(lab, progress));
        var directory = new KnownLabs(home).find(name);
        var said = directory.settings().load().orElseThrow();
        var request = withTree(said, directory);
        // Coming back must not wait for Nix, nor fail because the file was broken meanwhile: the machines are what it
        // was when they were built.
        var evaluation = workshops
                .of(request.guestSystem())
                .remembered(request)
                .orElseGet(() -> evaluate(request, progress, deadline));
        return new LocalLab(
                request,
                workshops,
                evaluation,
                new LabMemory(directory, said, directory.settings().tree()));
    }

    @Override
    public boolean isLabIn(Path home) {
        return !LabDirectory.in(home).isEmpty();
    }

    @Override
    public List<OptionDocument> options(GuestSystem system, NixOptions nix, Deadline deadline) {
        return workshops.of(system).options(nix, deadline);
    }

    @Override
    public List<ImageSummary> images() {
        return workshops.images().list();
    }

    @Override
    public List<ImageSummary> pruneImages(Deadline deadline) {
        return workshops.prune(deadline);
    }

    private static void setAsideDamaged(LabDirectory directory, Progress progress) {
        directory.settings().setAsideIfDamaged(progress::note);
        new ForeignMachines(directory).setAsideIfDamaged(progress::note);
    }

    private static void requireSame(LabDirectory directory, LoadRequest request) {
        directory.settings().load().filter(earlier -> !isSame(earlier, request)).ifPresent(earlier -> {
            throw LabException.input(
                    "the lab " + directory.name() + " was loaded from another file: " + earlier.named(),
                    directory.state().toString(),
                    "give this one a name of its own with --lab NAME");
        });
    }

    private static boolean isSame(LoadRequest earlier, LoadRequest request) {
        return earlier.file().equals(request.file())
                && earlier.flake().equals(request.flake())
                && earlier.part().attribute().equals(request.part().attribute());
    }

    private String change(LoadRequest earlier, LoadRequest now) {
        var before = workshops.of(earlier.guestSystem()).description(earlier);
        return "guests are " + now.guestSystem().shown() + " now, and were " + before + " before";
    }

    private Evaluation evaluate(LoadRequest request, LabDirectory directory, Progress progress, Deadline deadline) {
        try {
            return evaluate(request, progress, deadline);
        } catch (RuntimeException e) {
            directory.forgetUnloaded();
            throw e;
        }
    }

    private Evaluation evaluate(LoadRequest request, Progress progress, Deadline deadline) {
        return LoadedNetwork.read(request, workshops.of(request.guestSystem()), progress, deadline);
    }

    /** Where nothing names a tree any more, the last one that the environment named serves. */
    private LoadRequest withTree(LoadRequest request, LabDirectory directory) {
        if (request.flake().isPresent() || workshops.of(GuestSystem.NIXOS).mayHaveTree(request)) {
            return request;
        }
        return directory
                .settings()
                .tree()
                .map(tree -> request.withNix(request.nix().withNixpkgs(tree)))
                .orElse(request);
    }

    private LoadRequest withSystem(LoadRequest request, Progress progress, Deadline deadline) {
        return request.withGuestSystem(
                new GuestChoice(workshops).choose(request, progress, deadline).system());
    }

    /** Returns a wish with whole paths, as the lab may be opened from elsewhere; for a flake, of a file in the lab's state. */
    private LoadRequest placed(LoadRequest wish, LabDirectory directory) {
        return wish.withNix(wish.nix().from(workshops.host().workingDirectory()))
                .withFile(
                        wish.flake().isPresent()
                                ? directory.flake()
                                : wish.file().toAbsolutePath().normalize());
    }

    /** A lab lives beside its network file, so that it is found again from wherever the file is loaded. */
    private LabDirectory directory(LoadRequest wish) {
        var file = wish.file().toAbsolutePath().normalize();
        var beside = wish.flake().map(FlakeReference::directory).orElse(Optional.ofNullable(file.getParent()));
        var home = beside.filter(Files::isWritable).orElse(workshops.host().workingDirectory());
        var name = wish.labName()
                .or(() -> wish.flake().map(FlakeReference::labName))
                .orElseGet(() -> stem(file) + ofPart(wish.part()));
        return new LabDirectory(home, name);
    }

    /** Labs of parts of one file have names of their own. */
    private static String ofPart(NetworkPart part) {
        return part.attribute().stream()
                .map(name -> "-" + name.replaceAll("[^A-Za-z0-9._-]+", "-"))
                .collect(Collectors.joining());
    }

    private static String stem(Path file) {
        var name = file.getFileName().toString();
        return name.endsWith(".nix") && name.length() > 4 ? name.substring(0, name.length() - 4) : name;
    }
}
