package org.nixlab.image.cache;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.nixlab.base.Deadline;

/**
 * How an entry of the cache is made.
 *
 * @param kind what sort of entry it is
 * @param key a hash of everything that goes into it
 * @param description what it holds, for people
 * @param what how progress and failures call it, for example {@code base amd64}
 * @param references ids of entries it cannot do without
 * @param builder makes it
 */
public record LayerRecipe(
        String kind, String key, String description, String what, List<String> references, Builder builder) {
    public LayerRecipe {
        references = List.copyOf(references);
    }

    String id() {
        return kind + "-" + key;
    }

    /** Fills a fresh directory with an entry's files. */
    public interface Builder {
        void build(Path directory, Workspace workspace, Deadline deadline) throws IOException;
    }
}
