package org.nixlab.shell;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.nixlab.command.Context;
import org.nixlab.command.Front;
import org.nixlab.command.Outcome;
import org.nixlab.command.Screen;
import org.nixlab.shell.script.ScenarioRunner;

/** What verbs may ask of this program. */
final class ShellFront implements Front {
    private final InputStream input;
    private final Optional<Supplier<Screen>> screen;
    private volatile Optional<LineSource> source = Optional.empty();
    private volatile boolean left;

    /** @param screen gives the user's terminal, if there is one */
    ShellFront(InputStream input, Optional<Supplier<Screen>> screen) {
        this.input = input;
        this.screen = screen;
    }

    void readFrom(LineSource lines) {
        source = Optional.of(lines);
    }

    boolean hasLeft() {
        return left;
    }

    @Override
    public List<String> history() {
        return source.map(LineSource::history).orElse(List.of());
    }

    @Override
    public void leave() {
        left = true;
    }

    @Override
    public Outcome script(Scenario scenario, Context context) {
        return new ScenarioRunner(context).run(scenario);
    }

    @Override
    public Optional<Screen> screen() {
        return screen.map(Supplier::get);
    }

    @Override
    public InputStream input() {
        return input;
    }
}
