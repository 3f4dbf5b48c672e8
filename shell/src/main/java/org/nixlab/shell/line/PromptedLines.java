package org.nixlab.shell.line;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Lines typed by a person at a terminal whose cursor cannot be moved: they come whole, and nothing is drawn again. */
public final class PromptedLines implements LineSource {
    private final PlainLines lines;
    private final Consumer<String> screen;
    private volatile String first = "";
    private volatile boolean anew;

    public PromptedLines(PlainLines lines, Consumer<String> screen) {
        this.lines = lines;
        this.screen = screen;
    }

    @Override
    public Optional<String> next(String prompt) {
        anew = false;
        if (!prompt.equals(MORE)) {
            first = prompt;
        }
        screen.accept(prompt);
        return lines.next(prompt);
    }

    /** Asks again: Ctrl-C made the terminal forget what was typed, and makes nixlab forget the lines before. */
    public void again() {
        anew = true;
        screen.accept("\n" + first);
    }

    @Override
    public boolean beganAnew() {
        return anew;
    }

    @Override
    public boolean interactive() {
        return true;
    }

    @Override
    public List<String> history() {
        return lines.history();
    }
}
