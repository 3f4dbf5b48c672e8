package org.nixlab.lab.state;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.nixlab.base.Detail;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.lab.system.FlakeReference;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.model.option.AttributePath;
import org.nixlab.nix.NetworkPart;

import static java.util.Objects.requireNonNull;

/** What a lab was last loaded with, in a file that every shell reads. */
public final class LabSettings {
    private static final String ARGUMENT = "argument.";
    private static final String TREE = "tree";
    private static final String SCRIPT = "script";
    /** Parts the words for Nix, which may have lines of their own, and may be empty. */
    private static final String BETWEEN_WORDS = "\0";

    private final Path file;
    private final Path home;
    private final String labName;

    /** @param home the directory the lab lives in */
    LabSettings(Path file, Path home, String labName) {
        this.file = requireNonNull(file, "file");
        this.home = requireNonNull(home, "home");
        this.labName = requireNonNull(labName, "labName");
    }

    /** Returns whether the lab was ever loaded. */
    boolean exist() {
        return Files.exists(file);
    }

    /**
     * Writes them down, for other shells all at once.
     *
     * @param tree the nixpkgs tree that the environment named
     */
    void save(LoadRequest request, Optional<String> tree) {
        var properties = new Properties();
        var paths = new LabPaths(home);
        properties.setProperty("network", paths.relative(request.file()));
        request.flake().ifPresent(flake -> properties.setProperty("flake", paths.relative(flake.toString())));
        properties.setProperty("guest", request.guestSystem().name());
        if (!request.part().attribute().isEmpty()) {
            properties.setProperty("part", request.part().named());
        }
        if (request.part().withTest()) {
            properties.setProperty("test", "true");
        }
        if (request.part().byScript()) {
            properties.setProperty(SCRIPT, "true");
        }
        request.mirror().ifPresent(mirror -> properties.setProperty("mirror", mirror));
        request.nix().nixpkgs().ifPresent(named -> properties.setProperty("nixpkgs", paths.relative(named)));
        tree.ifPresent(path -> properties.setProperty(TREE, paths.relative(path)));
        properties.setProperty(
                "nix",
                String.join(BETWEEN_WORDS, paths.relativeSearch(request.nix().words())));
        request.nix().arguments().forEach((name, expression) -> properties.setProperty(ARGUMENT + name, expression));
        var text = new StringWriter();
        try {
            properties.store(text, null);
            Drafts.write(file, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what the lab was last loaded with, or empty if it never was, or the file is damaged. */
    public Optional<LoadRequest> load() {
        try {
            return read().filter(properties -> properties.containsKey("network"))
                    .map(this::request);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns the nixpkgs tree that the environment named when the lab was last loaded, or empty if it named none. */
    public Optional<String> tree() {
        return read().map(properties -> properties.getProperty(TREE))
                .map(tree -> home.resolve(tree).normalize().toString());
    }

    private Optional<Properties> read() {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
            return Optional.of(properties);
        } catch (NoSuchFileException | CharacterCodingException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (IOException e) {
            // It is not damaged, and must not be taken for that.
            throw new LabException(
                    ExitCode.HOST_FAILED,
                    "what the lab was loaded with cannot be read: " + e.getMessage(),
                    file.toString(),
                    "is it yours?",
                    e);
        }
    }

    /**
     * Moves the file out of the way if it is damaged.
     *
     * @param news is told so
     */
    public void setAsideIfDamaged(Consumer<String> news) {
        if (exist() && load().isEmpty()) {
            SetAside.file(file, news);
        }
    }

    private LoadRequest request(Properties properties) {
        return new LoadRequest(
                home.resolve(properties.getProperty("network")).normalize(),
                Optional.ofNullable(properties.getProperty("flake")).flatMap(flake -> FlakeReference.of(flake, home)),
                Optional.of(labName),
                GuestSystem.valueOf(properties.getProperty("guest", GuestSystem.AUTO.name())),
                Optional.ofNullable(properties.getProperty("mirror")),
                nix(properties).from(home),
                part(properties),
                Detail.SCREEN);
    }

    private static NetworkPart part(Properties properties) {
        return new NetworkPart(
                AttributePath.parse(properties.getProperty("part", "")),
                Boolean.parseBoolean(properties.getProperty("test")),
                "",
                Boolean.parseBoolean(properties.getProperty(SCRIPT)));
    }

    private static NixOptions nix(Properties properties) {
        var arguments = new TreeMap<String, String>();
        for (var name : properties.stringPropertyNames()) {
            if (name.startsWith(ARGUMENT)) {
                arguments.put(name.substring(ARGUMENT.length()), properties.getProperty(name));
            }
        }
        var words = properties.getProperty("nix", "");
        return new NixOptions(
                Optional.ofNullable(properties.getProperty("nixpkgs")),
                words.isEmpty() ? List.of() : List.of(words.split(BETWEEN_WORDS, -1)),
                arguments);
    }
}
