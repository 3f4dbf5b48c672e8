package org.nixlab.nix.nixos;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.nix.complaint.NixReport;
import org.nixlab.nix.plan.Json;

/**
 * Finds flakes with the user's Nix, which fetches them and locks their inputs.
 *
 * @see <a href="https://nix.dev/manual/nix/latest/command-ref/new-cli/nix3-flake">flakes in the Nix manual</a>
 */
public final class FlakeResolver {
    /** What Nix's programs must be told before they know flakes. */
    public static final List<String> WORDS = List.of("--extra-experimental-features", "nix-command flakes");

    private static final String TREE = "let f = builtins.getFlake %s;"
            + " systems = builtins.attrValues (f.nixosConfigurations or { }); in"
            + " if f.inputs ? nixpkgs then f.inputs.nixpkgs.outPath"
            + " else if systems != [ ] then toString (builtins.head systems).pkgs.path else \"\"";

    /** How Nix names a file of the flake, once it has copied it. */
    private static final Pattern SOURCE = Pattern.compile("/[^\\s']*/[0-9a-z]{32}-source/");

    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

    private final HostNix nix;
    private final Optional<Path> copies;

    /**
     * @param environment the user's environment
     * @param words options for Nix's programs, {@link #WORDS} among them
     */
    public FlakeResolver(Map<String, String> environment, List<String> words) {
        this(new HostNix(environment, words), Optional.empty());
    }

    private FlakeResolver(HostNix nix, Optional<Path> copies) {
        this.nix = nix;
        this.copies = copies;
    }

    /**
     * Returns one that leaves flakes as they are.
     *
     * @param copies an existing directory, where a flake is copied to that lacks a {@code flake.lock}, and gets one
     */
    public FlakeResolver lockingIn(Path copies) {
        return new FlakeResolver(nix, Optional.of(copies));
    }

    /**
     * Returns a flake.
     *
     * @param reference as {@code nix} takes it, without an output
     * @throws LabException (usage) if it cannot be had; (host) if Nix is missing
     * @throws DeadlineException if it takes too long
     * @throws CancelledException if the thread is interrupted
     */
    public Flake resolve(String reference, Deadline deadline) {
        var found = metadata(reference, reference, deadline);
        var directory = directory(found.path("resolvedUrl").asText());
        var copy = directory.isPresent()
                ? copies.flatMap(place -> FlakeCopy.ifUnlocked(found, place))
                : Optional.<String>empty();
        return copy.isPresent()
                ? of(metadata(copy.get(), reference, deadline), directory, reference, deadline)
                : of(found, directory, reference, deadline);
    }

    private JsonNode metadata(String url, String reference, Deadline deadline) {
        var question = new ArrayList<>(List.of("flake", "metadata", "--json", url));
        if (copies.isPresent()) {
            question.add("--no-write-lock-file");
        }
        return run("nix", question, reference, deadline);
    }

    /** @param directory where its files come from */
    private Flake of(JsonNode found, Optional<Path> directory, String reference, Deadline deadline) {
        // What lies on this host is read as it is now, and not as it was committed.
        var url = found.path(directory.isPresent() ? "resolvedUrl" : "url").asText();
        var flake = new Flake(url, Path.of(found.path("path").asText()), directory, Optional.empty());
        var words = List.of(
                "--eval", "--strict", "--json", "--read-write-mode", "--expr", TREE.formatted(Flake.quoted(url)));
        var tree = run("nix-instantiate", words, reference, deadline).asText();
        return new Flake(
                url, flake.source(), directory, tree.isEmpty() ? Optional.empty() : Optional.of(Path.of(tree)));
    }

    private JsonNode run(String program, List<String> arguments, String reference, Deadline deadline) {
        var result = nix.run(program, new ArrayList<>(arguments), deadline);
        if (!result.succeeded()) {
            var text = SOURCE.matcher(result.err()).replaceAll(Matcher.quoteReplacement(reference) + "/");
            var why = NixReport.reason(text);
            throw LabException.input(
                    "the flake " + reference + " cannot be read: " + why,
                    NixReport.parse(text).stream()
                            .flatMap(found -> found.places().stream())
                            .findFirst()
                            .map(Object::toString)
                            .orElse(""),
                    why.contains("is not a valid URL") && reference.contains(" ")
                            ? "this Nix takes no blanks in the path of a flake"
                            : "");
        }
        return Json.tree(result.output());
    }

    private static Optional<Path> directory(String url) {
        var path = url.replaceFirst("^(path:|git\\+file:(//)?)", "").replaceFirst("\\?.*$", "");
        // Newer versions of Nix escape blanks and others.
        return Stream.of(path, ESCAPE.matcher(path).find() ? unescaped(path) : path)
                .filter(each -> each.startsWith("/"))
                .map(Path::of)
                .filter(Files::isDirectory)
                .findFirst();
    }

    private static String unescaped(String path) {
        var bytes = new ByteArrayOutputStream();
        var escape = ESCAPE.matcher(path);
        int from = 0;
        while (escape.find()) {
            bytes.writeBytes(path.substring(from, escape.start()).getBytes(StandardCharsets.UTF_8));
            bytes.write(Integer.parseInt(escape.group(1), 16));
            from = escape.end();
        }
        bytes.writeBytes(path.substring(from).getBytes(StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
