package org.nixlab.base;

import java.util.function.Supplier;

/**
 * Something to wait for, as data: what it is called, how to look, and what to do if it never comes true.
 *
 * @param description completes "waiting for ...", for example {@code unit httpd on test2}
 * @param probe looks once, without waiting; may throw {@link LabException} when waiting has become pointless
 * @param hint what the user can do if it does not come true, or empty
 * @param explanation asked once, when the time is over: lines that say why it did not come true, or empty. Must end soon; a
 *     {@link LabException} of its is as good as empty
 */
public record Condition(String description, Supplier<Observation> probe, String hint, Supplier<String> explanation) {
    /** One that explains nothing beyond what was last seen. */
    public Condition(String description, Supplier<Observation> probe, String hint) {
        this(description, probe, hint, () -> "");
    }

    /** Returns the same with this explanation instead. */
    public Condition explainedBy(Supplier<String> lines) {
        return new Condition(description, probe, hint, lines);
    }

    /**
     * What one look found.
     *
     * @param met whether the condition holds
     * @param detail what was seen, shown in progress and in the failure
     */
    public record Observation(boolean met, String detail) {
        public static Observation met(String detail) {
            return new Observation(true, detail);
        }

        public static Observation unmet(String detail) {
            return new Observation(false, detail);
        }
    }
}
