package org.nixlab.shell;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.nixlab.base.CancelledException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.base.OutputClosedException;
import org.nixlab.command.display.Display;
import org.nixlab.command.text.Harmless;

/** Shows failures: what happened, where, what to do, one line each. A stack only of bugs, or if asked for. */
final class ErrorDisplay {
    private final Display.Target target;
    private final boolean debug;
    private final Queue<Throwable> kept = new ConcurrentLinkedQueue<>();

    ErrorDisplay(Display display, boolean debug) {
        target = display.err();
        this.debug = debug;
    }

    /** Shows a failure and returns the exit code it stands for. */
    ExitCode show(Throwable failure) {
        try {
            return failure instanceof OutputClosedException closed ? closed.exitCode() : tell(failure);
        } catch (OutputClosedException e) {
            return e.exitCode();
        }
    }

    /** Takes what ended a thread of its own. On a terminal, which a guest may have now, it is shown later. */
    void keep(Thread thread, Throwable failure) {
        kept.add(failure);
        if (!target.terminal()) {
            showKept();
        }
    }

    /** Shows what was kept; called when the terminal is nobody else's. */
    void showKept() {
        for (var failure = kept.poll(); failure != null; failure = kept.poll()) {
            show(failure);
        }
    }

    private ExitCode tell(Throwable failure) {
        if (failure instanceof LabException known) {
            target.print(text(known));
            if (debug) {
                target.print(stack(known));
            }
            return known.exitCode();
        }
        if (failure instanceof UncheckedIOException && failure.getCause() instanceof FileSystemException host) {
            var reason = host.getReason() == null ? host.getClass().getSimpleName() : host.getReason();
            return tell(LabException.host(
                    "a file could not be read or written: " + reason,
                    host.getFile(),
                    "is the disk full, or the file gone?"));
        }
        if (failure instanceof UncheckedIOException unchecked && isRefusedWrite(unchecked.getCause())) {
            return tell(LabException.host(
                    "something could not be written: " + reason(unchecked),
                    "",
                    "is the disk full? then free some space, for example with: nixlab images prune"));
        }
        target.print(mark() + "nixlab has a bug: " + Harmless.text(failure.toString()) + "\n" + stack(failure)
                + "  please report it with these lines and what you typed\n");
        return ExitCode.BUG;
    }

    /** Returns whether it was write(2) that failed, which says of itself only a text in the user's language. */
    private static boolean isRefusedWrite(IOException cause) {
        var origin = Arrays.stream(cause.getStackTrace()).findFirst();
        return origin.filter(
                        frame -> frame.isNativeMethod() && frame.getMethodName().contains("write"))
                .isPresent();
    }

    private static String reason(UncheckedIOException failure) {
        var cause = failure.getCause();
        return failure.getMessage().equals(cause.toString())
                ? cause.getMessage()
                : failure.getMessage() + ": " + cause.getMessage();
    }

    private String text(LabException failure) {
        if (failure instanceof CancelledException) {
            return target.style().busy(Harmless.text(failure.getMessage())) + "\n";
        }
        var text =
                new StringBuilder(mark()).append(indented(failure.getMessage())).append('\n');
        line(text, failure.place());
        line(text, failure.hint());
        Arrays.stream(failure.getSuppressed())
                .map(Throwable::getMessage)
                .filter(message -> !failure.getMessage().equals(message))
                .distinct()
                .forEach(message -> line(text, "also: " + message));
        return text.toString();
    }

    private String mark() {
        return target.terminal() ? target.style().bad("✗ ") : "";
    }

    private static void line(StringBuilder text, String line) {
        if (!line.isEmpty()) {
            text.append("  ").append(indented(line)).append('\n');
        }
    }

    private static String indented(String text) {
        return Harmless.text(text).replace("\n", "\n  ");
    }

    private static String stack(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return Harmless.text(text.toString());
    }
}
