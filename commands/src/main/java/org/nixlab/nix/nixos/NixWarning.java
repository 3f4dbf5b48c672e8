package org.nixlab.nix.nixos;

import java.util.Optional;
import java.util.regex.Pattern;

/** What Nix warns of while it builds, in words for users. */
final class NixWarning {
    /** It says so before each of its attempts, and once more when it gives up. */
    private static final Pattern RETRY = Pattern.compile("; retrying in \\d+ ms");

    private static final Pattern UNREACHABLE =
            Pattern.compile("unable to download '(\\w+://[^']*?)/(?:nix-cache-info|[0-9a-z]{32}\\.narinfo)'");
    private static final Pattern BEGINNING = Pattern.compile("^(?:warning: |error: )+");
    /** What nixlab knows: it builds as root without a daemon, and keeps the result a moment later. */
    private static final Pattern NOISE =
            Pattern.compile("the group '[^']*' specified in 'build-users-group'|you did not specify '--add-root'");

    private NixWarning() {}

    /** Returns what is worth telling, or empty. */
    static Optional<String> tell(String text) {
        var unreachable = UNREACHABLE.matcher(text);
        if (unreachable.find()) {
            return Optional.of("the binary cache " + unreachable.group(1)
                    + " cannot be reached; Nix builds what it would have fetched");
        }
        return RETRY.matcher(text).find() || NOISE.matcher(text).find()
                ? Optional.empty()
                : Optional.of(BEGINNING.matcher(text).replaceFirst(""));
    }
}
