package org.nixlab.nix.plan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds mentions of store paths the way Nix does: by the hash, whatever follows it. */
final class StoreReferences {
    private static final Pattern MENTION = Pattern.compile("/nix/store/([0-9a-df-np-sv-z]{32})-");
    private static final int MENTION_LENGTH = "/nix/store/".length() + 32 + 1;
    private static final int CHUNK = 1 << 16;

    private StoreReferences() {}

    /** Returns the hashes of the paths a text mentions, in order. */
    static Set<String> in(CharSequence text) {
        var hashes = new LinkedHashSet<String>();
        collect(text, hashes);
        return hashes;
    }

    /** Returns the hashes of the paths a file mentions, in order. */
    static Set<String> in(Path file) throws IOException {
        var hashes = new LinkedHashSet<String>();
        try (InputStream in = Files.newInputStream(file)) {
            var buffer = new byte[CHUNK];
            int kept = 0;
            for (int n = in.read(buffer, 0, CHUNK); n >= 0; n = in.read(buffer, kept, CHUNK - kept)) {
                int length = kept + n;
                collect(new String(buffer, 0, length, StandardCharsets.ISO_8859_1), hashes);
                // A mention may lie across two chunks.
                kept = Math.min(length, MENTION_LENGTH - 1);
                System.arraycopy(buffer, length - kept, buffer, 0, kept);
            }
        }
        return hashes;
    }

    private static void collect(CharSequence text, Set<String> hashes) {
        var mention = MENTION.matcher(text);
        while (mention.find()) {
            hashes.add(mention.group(1));
        }
    }
}
