package org.nixlab.command;

/** A verb with its options filled in. It serves one line and is then thrown away. */
public interface Action {
    Outcome run(Context context);
}
