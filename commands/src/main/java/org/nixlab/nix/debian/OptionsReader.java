package org.nixlab.nix.debian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.model.option.OptionDocument;
import org.nixlab.nix.Expressions;
import org.nixlab.nix.plan.Json;
import org.nixlab.nix.plan.PrivateStore;

/** Reads the documents of all options that Debian guests support from the expressions, and remembers them. */
public final class OptionsReader {
    private final Path cache;
    private final NixProgram nix;

    /** @param cache the directory of the {@link NetworkEvaluator} */
    public OptionsReader(Path cache, Map<String, String> environment) {
        this.cache = cache.toAbsolutePath();
        this.nix = new NixProgram(new PrivateStore(this.cache.resolve("store")), environment);
    }

    /**
     * Returns all documents, sorted by name.
     *
     * @throws LabException (host) if Nix is missing
     */
    public List<OptionDocument> read(Deadline deadline) {
        var expressions = Expressions.unpack(cache);
        // The expressions' directory is named after their content, so what was found once for it stays right.
        var remembered = expressions.resolve("options.cached");
        try {
            if (Json.remembered(remembered, OptionDocument[].class).isEmpty()) {
                var draft = Files.createTempFile(expressions, "options", ".draft");
                Files.write(draft, ask(expressions, deadline));
                Files.move(draft, remembered, StandardCopyOption.ATOMIC_MOVE);
            }
            return parse(Files.readAllBytes(remembered));
        } catch (IOException e) {
            throw new UncheckedIOException("could not read the options", e);
        }
    }

    private byte[] ask(Path expressions, Deadline deadline) {
        var words = Expressions.words(expressions.resolve("options.nix").toString());
        var result = nix.run("nix-instantiate", words, deadline);
        if (!result.succeeded()) {
            throw new IllegalStateException("the options could not be evaluated: " + result.err());
        }
        return result.output();
    }

    private static List<OptionDocument> parse(byte[] json) {
        return Json.read(json, new TypeReference<List<OptionDocument>>() {}).stream()
                .sorted(Comparator.comparing(OptionDocument::name))
                .toList();
    }
}
