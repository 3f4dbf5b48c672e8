package org.nixlab.image.debian;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.image.cache.BuildFailure;
import org.nixlab.image.cache.BuildProgress;
import org.nixlab.image.cache.DiskSpace;
import org.nixlab.image.cache.Hash;
import org.nixlab.image.cache.ImageCache;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.process.HostProcess;
import org.nixlab.process.Lease;

import static java.util.Objects.requireNonNull;

/**
 * The packages of the guests' release: their names and versions, verified by apt, kept in the cache and renewed daily.
 *
 * <p>A mirror's suite can be out of step with itself for hours. Such a suite is tried again, then left out with a visible
 * warning; what is built meanwhile is kept apart from what is built with all suites. Without a network the last index
 * serves. Safe for use by many threads and processes.
 */
public final class PackageIndex {
    private static final Duration FRESH = Duration.ofDays(1);
    /** A suite that was out of step may be whole again soon. */
    private static final Duration FRESH_WITH_GAPS = Duration.ofHours(1);

    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final String STATE = "state.json";
    private static final String PACKAGES = "packages.json";
    private static final int ATTEMPTS = 2;
    /** What apt's lists and caches of one architecture take, in MiB. */
    private static final int SPACE = 150;

    private static final Pattern FAILED = Pattern.compile("Failed to fetch \\S*/dists/([^/ ]+)/");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;
    private final Mirror mirror;
    private final BuildProgress progress;

    public PackageIndex(ImageCache cache, Mirror mirror, BuildProgress progress) {
        this.root = cache.root().resolve("apt");
        this.mirror = requireNonNull(mirror, "mirror");
        this.progress = requireNonNull(progress, "progress");
    }

    /**
     * Returns a JSON file for Nix: system name to package name to version. It is renewed first if it is a day old.
     *
     * @throws LabException if there is none yet and none can be had
     */
    public Path file(Collection<GuestArchitecture> architectures, Deadline deadline) {
        try {
            var content = new Hash();
            for (var architecture : new TreeSet<>(architectures)) {
                content.add(architecture.nixName());
                content.add(state(fresh(architecture, deadline)).orElseThrow().packages());
            }
            var file = root.resolve("index-" + content + ".json");
            if (!isWhole(file)) {
                var all = new TreeMap<String, Map<String, String>>();
                for (var architecture : architectures) {
                    all.put(architecture.nixName(), packages(architecture, deadline));
                }
                replace(file, JSON.writeValueAsBytes(all));
            }
            return file;
        } catch (IOException e) {
            throw BuildFailure.of("the package index", e);
        }
    }

    /** Returns the suites the index is made of, in order. */
    public List<String> suites(GuestArchitecture architecture, Deadline deadline) {
        return state(fresh(architecture, deadline)).orElseThrow().suites();
    }

    /** Returns all packages by name, with their newest version. */
    public Map<String, String> packages(GuestArchitecture architecture, Deadline deadline) {
        var file = fresh(architecture, deadline).resolve(PACKAGES);
        return read(file, new TypeReference<TreeMap<String, String>>() {})
                .orElseThrow(
                        () -> LabException.host("the package index is damaged", file.toString(), "remove this file"));
    }

    /** Returns an architecture's directory, its index not older than it may be. */
    private Path fresh(GuestArchitecture architecture, Deadline deadline) {
        var directory = directory(architecture);
        try {
            if (!isFresh(directory)) {
                Files.createDirectories(directory);
                Lease.holding(directory.resolve("lock"), "another look at the package index", deadline, () -> {
                    if (!isFresh(directory)) {
                        renew(architecture, directory, deadline);
                    }
                    return directory;
                });
            }
            return directory;
        } catch (IOException e) {
            throw BuildFailure.of("the package index", e);
        }
    }

    /** Returns apt's directory for an architecture, set up by the first look at its index. */
    public AptDirectory apt(GuestArchitecture architecture) {
        return new AptDirectory(directory(architecture), architecture, mirror);
    }

    private void renew(GuestArchitecture architecture, Path directory, Deadline deadline) throws IOException {
        var what = "package index " + architecture.debianName();
        DiskSpace.require("the " + what, SPACE, directory);
        progress.step(what, "updating", -1);
        var wanted = new LinkedHashSet<>(Mirror.SUITES);
        var failed = update(architecture, wanted, deadline);
        for (int attempt = 1; attempt < ATTEMPTS && !failed.suites.isEmpty(); attempt++) {
            failed = update(architecture, wanted, deadline);
        }
        if (!failed.suites.isEmpty() && !failed.suites.contains(Mirror.RELEASE)) {
            wanted.removeAll(failed.suites);
            var out = String.join(", ", failed.suites);
            failed = update(architecture, wanted, deadline);
            if (failed.output.isEmpty()) {
                progress.note("warning: the mirror's " + out + " for " + architecture.debianName()
                        + " is out of step; going on without it for now");
            }
        }
        if (!failed.output.isEmpty()) {
            keepOld(directory, what, failed.output);
            return;
        }
        var packages = scan(architecture);
        var bytes = JSON.writeValueAsBytes(packages);
        var state = new State(List.copyOf(wanted), new Hash().add(bytes).toString());
        replace(directory.resolve(PACKAGES), bytes);
        replace(directory.resolve(STATE), JSON.writeValueAsBytes(state));
        progress.step(what, packages.size() + " packages", 1);
    }

    /**
     * What is known of an architecture's index.
     *
     * @param suites the suites it is made of, in order
     * @param packages a hash of the packages in it
     */
    private record State(List<String> suites, String packages) {
        private State {
            suites = List.copyOf(suites);
            requireNonNull(packages, "packages");
        }
    }

    /** What went wrong in an update: the suites concerned, and what apt said; both empty if nothing did. */
    private record Failed(Set<String> suites, String output) {}

    private Failed update(GuestArchitecture architecture, Set<String> suites, Deadline deadline) throws IOException {
        var apt = apt(architecture);
        apt.configure(List.copyOf(suites));
        var result = HostProcess.run(apt.command("apt-get", "-q", "update"), deadline);
        if (result.succeeded()) {
            return new Failed(Set.of(), "");
        }
        var output = result.out() + result.err();
        var failed = new LinkedHashSet<String>();
        var matcher = FAILED.matcher(output);
        while (matcher.find()) {
            failed.add(matcher.group(1));
        }
        return new Failed(failed, output);
    }

    private void keepOld(Path directory, String what, String output) throws IOException {
        var state = directory.resolve(STATE);
        if (!isThere(directory)) {
            throw BuildFailure.of("the " + what, "apt-get update", output, root);
        }
        progress.note("warning: the " + what + " could not be updated; the last one is used");
        // Without a network it is not tried again at once, but soon.
        var then = Instant.now().minus(lifetime(directory)).plus(PAUSE);
        Files.setLastModifiedTime(state, FileTime.from(then));
    }

    private Map<String, String> scan(GuestArchitecture architecture) throws IOException {
        var newest = new TreeMap<String, String>();
        var files = new ArrayList<Path>();
        try (var lists = Files.newDirectoryStream(apt(architecture).lists(), "*_Packages")) {
            lists.forEach(files::add);
        }
        for (var list : files) {
            try (BufferedReader lines = Files.newBufferedReader(list)) {
                var name = "";
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("Package: ")) {
                        name = line.substring(9);
                    } else if (line.startsWith("Version: ")) {
                        newest.merge(name, line.substring(9), (a, b) -> DebianVersion.ORDER.compare(a, b) < 0 ? b : a);
                    }
                }
            }
        }
        if (newest.isEmpty()) {
            throw LabException.build("the mirror has no packages", mirror.main(), "");
        }
        return newest;
    }

    private static boolean isFresh(Path directory) throws IOException {
        var state = directory.resolve(STATE);
        // Of files that a host left empty that lost its power, the next look must not be the first to know.
        if (!isThere(directory)) {
            return false;
        }
        var age = Duration.between(Files.getLastModifiedTime(state).toInstant(), Instant.now());
        return age.compareTo(lifetime(directory)) < 0;
    }

    private static Duration lifetime(Path directory) {
        return state(directory).orElseThrow().suites().size() == Mirror.SUITES.size() ? FRESH : FRESH_WITH_GAPS;
    }

    private static boolean isThere(Path directory) {
        return state(directory).isPresent() && isWhole(directory.resolve(PACKAGES));
    }

    /** Returns whether a JSON object is there to its end; to read all of it takes long. */
    private static boolean isWhole(Path file) {
        try (var content = new RandomAccessFile(file.toFile(), "r")) {
            content.seek(Math.max(0, content.length() - 1));
            return content.read() == '}';
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<State> state(Path directory) {
        return read(directory.resolve(STATE), new TypeReference<State>() {});
    }

    /** Returns what a file holds; empty if there is none, or it is damaged. */
    private static <T> Optional<T> read(Path file, TypeReference<T> type) {
        try {
            return Optional.ofNullable(JSON.readValue(Files.readAllBytes(file), type));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void replace(Path file, byte[] content) throws IOException {
        var fresh = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new");
        Files.write(fresh, content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path directory(GuestArchitecture architecture) {
        return root.resolve(architecture.debianName());
    }
}
