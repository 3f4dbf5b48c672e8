package org.nixlab.command;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A frontend without a terminal. */
public final class FakeFrontend implements Frontend {
    public final List<String> history = new ArrayList<>();
    public final List<Scenario> scenarios = new ArrayList<>();
    public InputStream input = InputStream.nullInputStream();
    public final List<String> browsed = new ArrayList<>();
    public boolean left;
    public Consumer<Path> editor = file -> {};

    @Override
    public List<String> history() {
        return history;
    }

    @Override
    public void leave() {
        left = true;
    }

    @Override
    public Outcome script(Scenario scenario, Context context) {
        scenarios.add(scenario);
        return Outcome.OK;
    }

    @Override
    public Optional<Screen> screen() {
        return Optional.empty();
    }

    @Override
    public void edit(Path file) {
        editor.accept(file);
    }

    @Override
    public void browse(String address) {
        browsed.add(address);
    }

    @Override
    public InputStream input() {
        return input;
    }
}
