package org.nixlab.shell.script;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.runtime.InvokerInvocationException;
import org.codehaus.groovy.runtime.metaclass.MethodSelectionException;
import org.nixlab.base.CancelledException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.command.verb.Verb;
import org.nixlab.lab.method.CamelCase;
import org.nixlab.model.NearNames;
import org.nixlab.shell.script.source.SourceTexts;

/** Turns what escapes a script into a failure that names the script's own line. */
record ScriptErrors(SourceTexts sources, LabBinding binding) {
    /** How Groovy begins when no method of that name fits. */
    private static final Pattern CALL = Pattern.compile("method (\\w+\\(.*\\)) to invoke");

    private static final int LONGEST_LINE = 400;

    /** Returns the failure to throw. What comes from a bug in nixlab is returned as it is, if unchecked. */
    RuntimeException explain(Throwable thrown) {
        var failure = unwrap(thrown);
        var place = sources.place(failure).or(() -> sources.place(thrown)).orElse("");
        if (failure instanceof MultipleCompilationErrorsException errors) {
            return syntax(errors);
        }
        if (failure instanceof CompilationFailedException) {
            // The parser has bugs of its own: it says "parsing failed", and neither where nor why.
            return new UnresolvedException("syntax error: Groovy cannot read this", place, "", failure);
        }
        if (failure instanceof CancelledException cancelled) {
            return cancelled;
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return new CancelledException("the script");
        }
        if (failure instanceof LabException known) {
            return at(known, place);
        }
        if (failure instanceof MissingPropertyException missing) {
            return unknownName(missing, place);
        }
        if (failure instanceof MissingMethodException missing) {
            return unknownMethod(missing, place);
        }
        if (failure instanceof MethodSelectionException) {
            var call = CALL.matcher(firstLine(String.valueOf(failure.getMessage())));
            var what = call.find() ? "'" + call.group(1) + "' does not take these arguments" : failure.getMessage();
            return new UnresolvedException(what, place, "", failure);
        }
        if (failure instanceof AssertionError) {
            return new LabException(ExitCode.CHECK_FAILED, assertion(failure), place, "", failure);
        }
        if (isBug(failure)) {
            return failure instanceof RuntimeException bug ? bug : new IllegalStateException(failure);
        }
        return new LabException(ExitCode.CHECK_FAILED, describe(failure), place, "", failure);
    }

    private static Throwable unwrap(Throwable thrown) {
        var failure = thrown;
        while ((failure instanceof InvokerInvocationException || failure instanceof InvocationTargetException)
                && failure.getCause() != null) {
            failure = failure.getCause();
        }
        return failure;
    }

    private LabException syntax(MultipleCompilationErrorsException errors) {
        for (var message : errors.getErrorCollector().getErrors()) {
            if (message instanceof SyntaxErrorMessage syntax) {
                var cause = syntax.getCause();
                var place = sources.place(cause.getSourceLocator(), cause.getLine());
                return new UnresolvedException(
                        "syntax error: " + firstLine(cause.getOriginalMessage()), place, "", errors);
            }
        }
        return new UnresolvedException(firstLine(errors.getMessage()), "", "", errors);
    }

    private static LabException at(LabException failure, String place) {
        if (place.isEmpty() || failure.place().contains(place)) {
            return failure;
        }
        var both = failure.place().isEmpty() ? place : failure.place() + "\n" + place;
        var placed = new LabException(failure.exitCode(), failure.getMessage(), both, failure.hint(), failure);
        for (var other : failure.getSuppressed()) {
            placed.addSuppressed(other);
        }
        return placed;
    }

    private LabException unknownName(MissingPropertyException missing, String place) {
        var name = missing.getProperty();
        List<String> known = isScript(missing.getType()) ? binding.names() : Members.of(missing.getType());
        var what = isScript(missing.getType())
                ? "unknown name '" + name + "'"
                : simple(missing.getType()) + " has no '" + name + "'";
        return new UnresolvedException(what, place, near(name, known), missing);
    }

    private LabException unknownMethod(MissingMethodException missing, String place) {
        var name = missing.getMethod();
        boolean script = isScript(missing.getType());
        var known = script ? new ArrayList<>(Verb.allWords()) : new ArrayList<>(names(missing.getType()));
        if (script) {
            known.addAll(Members.words());
            known.addAll(binding.names());
        }
        if (known.contains(name)) {
            var types = new ArrayList<String>();
            for (var argument : missing.getArguments()) {
                types.add(argument == null ? "null" : simple(argument.getClass()));
            }
            return new UnresolvedException(
                    "'" + name + "' does not take (" + String.join(", ", types) + ")", place, "", missing);
        }
        var what = script ? "unknown name '" + name + "'" : simple(missing.getType()) + " has no method '" + name + "'";
        return new UnresolvedException(what, place, near(name, known), missing);
    }

    private static List<String> names(Class<?> type) {
        return Members.of(type).stream().map(name -> name.replace("(", "")).toList();
    }

    private static String near(String name, List<String> known) {
        var near = NearNames.of(CamelCase.of(name), known);
        return near.isEmpty() ? "" : "did you mean '" + near.get(0) + "'?";
    }

    private static boolean isScript(Class<?> type) {
        return type != null && LabScript.class.isAssignableFrom(type);
    }

    private static String simple(Class<?> type) {
        if (type == ScriptMachine.class) {
            return "a machine";
        }
        return type == ScriptLab.class ? "the lab" : type.getSimpleName();
    }

    /** Groovy's tree of values is worth its lines; the word before it is not. */
    private static String assertion(Throwable failure) {
        var message = String.valueOf(failure.getMessage()).strip();
        if (message.isEmpty() || message.equals("null")) {
            return "an assertion did not hold";
        }
        return "assertion failed:" + (message.contains("\n") ? "\n" : " ") + shortened(message);
    }

    /** A value may be all that a machine printed. */
    private static String shortened(String message) {
        return message.lines()
                .map(line -> line.length() <= LONGEST_LINE
                        ? line
                        : line.substring(0, LONGEST_LINE) + "... (" + line.length() + " characters)")
                .collect(Collectors.joining("\n"));
    }

    private static String describe(Throwable failure) {
        var message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : failure.getClass().getSimpleName() + ": " + message;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** A failure whose origin is code of nixlab, before any line of the script, is not the script's. */
    private boolean isBug(Throwable failure) {
        for (var frame : failure.getStackTrace()) {
            if (frame.getClassName().startsWith("nixlab_script_")) {
                return false;
            }
            if (frame.getClassName().startsWith("org.nixlab.")) {
                return true;
            }
        }
        return false;
    }
}
