package org.nixlab.guest;

import java.util.List;

/**
 * What was copied.
 *
 * @param skipped names of what cannot be copied: sockets, pipes and devices
 */
public record CopyResult(int files, long bytes, List<String> skipped) {
    public CopyResult {
        skipped = List.copyOf(skipped);
    }
}
