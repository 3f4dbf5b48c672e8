package org.nixlab.shell;

import java.util.Optional;
import java.util.function.Supplier;

import org.nixlab.base.CancelledException;
import org.nixlab.base.ExitCode;
import org.nixlab.shell.line.Line;
import org.nixlab.shell.line.LineSource;
import org.nixlab.shell.line.ShellParser;

/**
 * The loop: read a line, route it, run it, until there are no more or the user leaves.
 *
 * @param prompt what to ask with; called before every line
 */
record Repl(LineSource source, LineRunner runner, Evaluation evaluation, ErrorDisplay errors, Supplier<String> prompt) {
    /** Runs until {@code left} or the end of the lines; where nobody types, until the first failure, whose code it returns. */
    ExitCode run(Supplier<Boolean> left) {
        while (!left.get()) {
            errors.showKept();
            var text = source.next(source.interactive() ? prompt.get() : "");
            if (text.isEmpty()) {
                return ExitCode.OK;
            }
            var code = runOne(complete(text.get()));
            if (code != ExitCode.OK && !source.interactive()) {
                return code;
            }
        }
        return ExitCode.OK;
    }

    private Line complete(String first) {
        var text = first;
        var line = runner.route(text);
        while (ShellParser.needsMore(line)) {
            Optional<String> more = source.next(LineSource.MORE);
            var kept = source.beganAnew() ? "" : text;
            if (more.isEmpty()) {
                return kept.isEmpty() ? new Line.Blank() : line;
            }
            text = kept.isEmpty() ? more.get() : kept + "\n" + more.get();
            line = runner.route(text);
        }
        return line;
    }

    private ExitCode runOne(Line line) {
        try {
            return line instanceof Line.Blank ? ExitCode.OK : evaluation.run(() -> runner.run(line));
        } catch (CancelledException e) {
            source.interrupted();
            return errors.show(e);
        } catch (RuntimeException | Error e) {
            return errors.show(e);
        }
    }
}
