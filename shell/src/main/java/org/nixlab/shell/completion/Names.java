package org.nixlab.shell.completion;

import java.nio.file.Path;
import java.util.List;

/** The names there are at this moment. Answers at once, or nearly so. */
public interface Names {
    /** Returns where relative paths start from. */
    Path directory();

    List<String> machines();

    /** Returns the tags of all machines, each once. */
    List<String> tags();

    /** Returns the names of the options that machines can be declared with, as far as they are known by now. */
    List<String> options();

    /** Returns the names of Groovy's variables, the machines' among them. */
    List<String> variables();

    /** Returns what can stand behind a variable and a dot: properties, and methods with an open bracket. */
    List<String> members(String variable);
}
