package org.nixlab.base;

/** How much is told of what is wrong with a network file. */
public enum Detail {
    /** What fits on a screen. */
    SCREEN,
    /** Every complaint: {@code --all}. */
    ALL,
    /** Every complaint, and what Nix itself says: {@code --show-trace}. */
    TRACE
}
