package org.nixlab.shell;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.jline.reader.Completer;
import org.jline.reader.impl.completer.NullCompleter;
import org.jline.utils.Signals;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.command.Context;
import org.nixlab.command.Screen;
import org.nixlab.command.Session;
import org.nixlab.command.display.Display;
import org.nixlab.command.display.ProgressDisplay;
import org.nixlab.command.display.Style;
import org.nixlab.command.verb.Verb;
import org.nixlab.command.verb.Verbs;
import org.nixlab.lab.Labs;
import org.nixlab.shell.completion.ShellCompleter;
import org.nixlab.shell.host.Browser;
import org.nixlab.shell.host.HostShell;
import org.nixlab.shell.line.Line;
import org.nixlab.shell.line.LineSource;
import org.nixlab.shell.line.PlainLines;
import org.nixlab.shell.line.PromptedLines;
import org.nixlab.shell.line.TerminalLines;
import org.nixlab.shell.scenario.Asking;
import org.nixlab.shell.script.ScriptSession;
import org.nixlab.shell.terminal.RawScreen;
import org.nixlab.shell.terminal.TerminalType;
import org.nixlab.shell.terminal.UserTerminal;
import org.nixlab.talk.Result;

/** The program from its command line to its exit code, with what is around it handed in. */
final class Program {
    /** What ssh says when it is ssh that failed, and not the command. */
    private static final int FAILED_BEFORE_GUEST = 255;

    private static final Set<ExitCode> ENDED_FROM_OUTSIDE =
            EnumSet.of(ExitCode.TIMEOUT, ExitCode.INTERRUPTED, ExitCode.OUTPUT_CLOSED);

    private static final Duration TIDYING = Duration.ofSeconds(10);

    private final Surroundings surroundings;
    private final Labs labs;
    private volatile Evaluation evaluation = new Evaluation();
    private final TerminalType type;
    private final UserTerminal terminal;
    private final Display display;
    private volatile Runnable idle = () -> {};

    Program(Surroundings surroundings, Labs labs) {
        this.surroundings = surroundings;
        this.labs = labs;
        type = surroundings.terminalType();
        terminal = new UserTerminal(type, () -> evaluation.interrupt());
        display = new Display(target(1, surroundings.out()), target(2, surroundings.err()), terminal::columns);
    }

    private Display.Target target(int number, OutputStream stream) {
        boolean shown = surroundings.terminals().contains(number);
        return new Display.Target(stream, shown, new Style(surroundings.colours(number)), shown && !type.isDumb());
    }

    /** Runs the program and returns its exit code. */
    int run(String... arguments) {
        Invocation invocation;
        try {
            invocation = Invocation.parse(List.of(arguments));
        } catch (LabException e) {
            return new ErrorDisplay(display, false).show(e).value();
        }
        var errors = new ErrorDisplay(display, invocation.debug());
        Thread.setDefaultUncaughtExceptionHandler(errors::keep);
        try (terminal;
                var session = new Session(labs, surroundings.directory(), invocation.choice())) {
            Signals.register("INT", this::interrupt);
            return run(invocation, session, errors);
        } catch (RuntimeException | Error e) {
            return errors.show(e).value();
        } finally {
            errors.showKept();
        }
    }

    /** Ends what runs, as far as that takes no longer than a few seconds; for when the process is told to go. */
    void end() {
        evaluation.end(TIDYING);
    }

    private void interrupt() {
        // Where nobody is asked for lines, there is no prompt to come back to.
        if (evaluation.interrupt()) {
            return;
        }
        if (!surroundings.isTerminalForAll()) {
            System.exit(ExitCode.INTERRUPTED.value());
        }
        idle.run();
    }

    private int run(Invocation invocation, Session session, ErrorDisplay errors) {
        var frontend = new ShellFrontend(
                surroundings.in(), screen(), new Browser(surroundings.environment()), new UserWithin(errors));
        var context = new Context(session, frontend, display);
        return switch (invocation.kind()) {
            case HELP -> print(Usage.TEXT);
            case VERSION -> print("nixlab " + version() + "\n");
            case VERB -> verb(invocation, context, errors);
            case LINES -> lines(invocation, context, frontend, new PlainLines(invocation.lines()), errors);
            case SHELL ->
                surroundings.isTerminalForAll()
                        ? shell(invocation, context, frontend, errors)
                        : lines(invocation, context, frontend, new PlainLines(surroundings.in()), errors);
        };
    }

    private Optional<Supplier<Screen>> screen() {
        return surroundings.isTerminalForAll() ? Optional.of(() -> new RawScreen(terminal.get())) : Optional.empty();
    }

    private int print(String text) {
        display.out().print(text);
        return ExitCode.OK.value();
    }

    private static String version() {
        var version = Program.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    private int verb(Invocation invocation, Context context, ErrorDisplay errors) {
        var verb = invocation.verb().orElseThrow();
        try {
            var outcome = evaluation.run(() -> Verbs.run(verb, invocation.words(), context));
            if (verb == Verb.RUN || verb == Verb.RESTART) {
                sayFarewell(context);
            }
            return verb == Verb.EXEC && outcome.value().orElse(null) instanceof Result result
                    ? result.exitCode()
                    : outcome.exitCode().value();
        } catch (RuntimeException | Error e) {
            var code = errors.show(e);
            return verb == Verb.EXEC && !ENDED_FROM_OUTSIDE.contains(code) ? FAILED_BEFORE_GUEST : code.value();
        }
    }

    private int lines(
            Invocation invocation, Context context, ShellFrontend frontend, LineSource source, ErrorDisplay errors) {
        frontend.readFrom(source);
        // What the lines do decides whether there is to be a lab.
        ExitCode code = load(invocation, List.of("--look"), context, errors);
        var before = context.session().current().map(RunningMachines::in).orElse(List.of());
        if (code == ExitCode.OK) {
            var repl = new Repl(source, runner(context), evaluation, errors, () -> "");
            code = repl.run(frontend::hasLeft);
        }
        var after = context.session().current().map(RunningMachines::in).orElse(List.of());
        if (!before.containsAll(after)) {
            sayFarewell(context);
        }
        return code.value();
    }

    private int shell(Invocation invocation, Context context, ShellFrontend frontend, ErrorDisplay errors) {
        var scripts = new Scripts(context);
        var runner = new LineRunner(context, new HostShell(surroundings.directory(), true), scripts);
        var source = source(runner, new ShellCompleter(new SessionNames(context.session(), scripts)));
        frontend.readFrom(source);
        load(invocation, List.of(), context, errors);
        // The prompt says from now on which lab it is.
        context.session().settle(display::message);
        var prompt = new Prompt(display.out().style());
        var repl = new Repl(source, runner, evaluation, errors, () -> {
            source.useHistory(historyFile(context.session()));
            scripts.warmUp();
            return context.session().current().map(prompt::of).orElseGet(prompt::without);
        });
        var code = repl.run(frontend::hasLeft);
        sayFarewell(context);
        return code.value();
    }

    /** Asks for lines in the middle of one, until the user leaves. */
    private void askWithin(Context around, ScriptSession session, ErrorDisplay errors) {
        var outer = evaluation;
        var previous = idle;
        var frontend = new ShellFrontend(
                surroundings.in(), screen(), new Browser(surroundings.environment()), new UserWithin(errors));
        var context = new Context(around.session(), frontend, display);
        var scripts = new Scripts(session);
        boolean typed = surroundings.isTerminalForAll();
        var runner = new LineRunner(context, new HostShell(surroundings.directory(), typed), scripts);
        var source = typed
                ? source(runner, new ShellCompleter(new SessionNames(context.session(), scripts)))
                : new PlainLines(surroundings.in());
        frontend.readFrom(source);
        var prompt = new Prompt(display.out().style());
        evaluation = new Evaluation();
        try {
            new Repl(
                            source,
                            runner,
                            evaluation,
                            errors,
                            () -> "stopped: "
                                    + context.session()
                                            .current()
                                            .map(prompt::of)
                                            .orElseGet(prompt::without))
                    .run(frontend::hasLeft);
        } finally {
            evaluation = outer;
            idle = previous;
        }
    }

    /** The user, in the middle of a line. */
    private final class UserWithin implements Asking {
        private final ErrorDisplay errors;
        private LineSource others;

        UserWithin(ErrorDisplay errors) {
            this.errors = errors;
        }

        @Override
        public void lines(Context context, ScriptSession session) {
            askWithin(context, session, errors);
        }

        @Override
        public synchronized Optional<String> line(String prompt) {
            if (others == null) {
                others = surroundings.isTerminalForAll() && !type.isDumb()
                        ? new TerminalLines(
                                terminal.get(), text -> new Line.Blank(), NullCompleter.INSTANCE, display::message)
                        : new PlainLines(surroundings.in());
            }
            return others.next(prompt);
        }
    }

    private LineSource source(LineRunner runner, Completer completer) {
        if (!type.isDumb()) {
            return new TerminalLines(terminal.get(), runner::route, completer, display::message);
        }
        type.complaint().ifPresent(display::message);
        var lines = new PromptedLines(new PlainLines(surroundings.in()), display.out()::print);
        idle = lines::again;
        return lines;
    }

    private LineRunner runner(Context context) {
        return new LineRunner(context, new HostShell(surroundings.directory(), false), new Scripts(context));
    }

    /** Loads the network that was named; else comes back to the lab that was loaded in this directory before. */
    private ExitCode load(Invocation invocation, List<String> how, Context context, ErrorDisplay errors) {
        var session = context.session();
        try {
            if (invocation.network().isPresent()) {
                var words = new ArrayList<>(how);
                words.add(invocation.network().get());
                return evaluation
                        .run(() -> Verbs.run(Verb.LOAD, words, context))
                        .exitCode();
            }
            evaluation.run(() -> ProgressDisplay.during(display, progress -> {
                session.comeBack(progress);
                return session;
            }));
            return ExitCode.OK;
        } catch (RuntimeException | Error e) {
            return errors.show(e);
        }
    }

    private void sayFarewell(Context context) {
        context.session().current().flatMap(RunningMachines::farewell).ifPresent(display::message);
    }

    private Path historyFile(Session session) {
        return session.current()
                .map(lab ->
                        lab.directory().resolve(".nixlab").resolve(lab.name()).resolve("history"))
                .orElseGet(this::commonHistory);
    }

    private Path commonHistory() {
        var state = surroundings.environment().getOrDefault("XDG_STATE_HOME", "");
        var base = state.isEmpty() ? Path.of(System.getProperty("user.home"), ".local", "state") : Path.of(state);
        return base.resolve("nixlab").resolve("history");
    }
}
