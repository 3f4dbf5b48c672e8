package org.nixlab.shell;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.command.Context;
import org.nixlab.command.Frontend;
import org.nixlab.command.Outcome;
import org.nixlab.command.Screen;
import org.nixlab.command.display.Display;
import org.nixlab.shell.host.Browser;
import org.nixlab.shell.host.HostShell;
import org.nixlab.shell.line.LineSource;
import org.nixlab.shell.scenario.Asking;
import org.nixlab.shell.scenario.ScenarioRunner;
import org.nixlab.talk.ShellWord;

/** What verbs may ask of this program. */
final class ShellFrontend implements Frontend {
    private final InputStream input;
    private final Optional<Supplier<Screen>> screen;
    private final Browser browser;
    private final Asking user;
    private volatile Optional<LineSource> source = Optional.empty();
    private volatile boolean left;

    /**
     * @param screen gives the user's terminal, if there is one
     * @param user is asked for lines where a scenario stops
     */
    ShellFrontend(InputStream input, Optional<Supplier<Screen>> screen, Browser browser, Asking user) {
        this.input = input;
        this.screen = screen;
        this.browser = browser;
        this.user = user;
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
        return new ScenarioRunner(context, user).run(scenario);
    }

    @Override
    public Optional<Screen> screen() {
        return screen.map(Supplier::get);
    }

    @Override
    public void edit(Path file) {
        if (screen.isEmpty()) {
            throw LabException.input("edit needs a terminal", "", "copy brings the file here and back");
        }
        var command = "${VISUAL:-${EDITOR:-vi}} " + ShellWord.quote(file.toString());
        var display = new Display(
                Display.Target.of(OutputStream.nullOutputStream()),
                Display.Target.of(OutputStream.nullOutputStream()),
                () -> 80);
        if (new HostShell(file.getParent(), true).run(command, display) != ExitCode.OK) {
            throw LabException.host("the editor failed; the file was not written back", file.toString(), "");
        }
    }

    @Override
    public void browse(String address) {
        browser.open(address);
    }

    @Override
    public InputStream input() {
        return input;
    }
}
