package org.nixlab.scenario;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A named part of a scenario.
 *
 * @param number tells it from all others of its run; they count from 1 in the order in which they begin
 * @param parent the step it is a part of
 */
public record Step(int number, Optional<Step> parent, String name) {
    public Step {
        requireNonNull(parent, "parent");
        requireNonNull(name, "name");
    }

    /** Returns how many steps it is a part of. */
    public int depth() {
        return parent.map(outer -> outer.depth() + 1).orElse(0);
    }
}
