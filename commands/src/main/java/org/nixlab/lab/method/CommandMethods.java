package org.nixlab.lab.method;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.lab.method.Parameter.Kind;
import org.nixlab.talk.Result;

/** Running commands. */
final class CommandMethods {
    private CommandMethods() {}

    static List<MachineMethod> all() {
        return List.of(
                MachineMethod.named("execute", "runs a command and gives a result, whatever its exit code")
                        .needs("command", Kind.TEXT)
                        .running()
                        .timed()
                        .does(CommandMethods::execute),
                MachineMethod.named("succeed", "runs commands that must succeed, and gives what they printed")
                        .needs("commands", Kind.TEXTS)
                        .running()
                        .timed()
                        .does((machine, arguments) -> all(
                                machine,
                                arguments,
                                result -> result.succeeded()
                                        ? Optional.empty()
                                        : Optional.of("exited with " + result.exitCode()))),
                MachineMethod.named("fail", "runs commands that must fail, and gives what they printed")
                        .needs("commands", Kind.TEXTS)
                        .running()
                        .timed()
                        .does((machine, arguments) -> all(
                                machine,
                                arguments,
                                result -> result.succeeded()
                                        ? Optional.of("succeeded, but should have failed")
                                        : Optional.empty())));
    }

    private static Result execute(MethodTarget machine, Arguments arguments) {
        return machine.vm().execute(arguments.request(arguments.needText("command")), machine.deadline(arguments));
    }

    private static String all(MethodTarget machine, Arguments arguments, Function<Result, Optional<String>> complaint) {
        var deadline = machine.deadline(arguments);
        var output = new StringBuilder();
        for (var command : arguments.texts("commands")) {
            var result = machine.vm().execute(arguments.request(command), deadline);
            complaint.apply(result).ifPresent(what -> {
                throw failed(result, what);
            });
            output.append(result.getOut());
        }
        return output.toString();
    }

    private static LabException failed(Result result, String what) {
        var said = lastLine(result.getErr()).or(() -> lastLine(result.getOut()));
        return new LabException(
                ExitCode.CHECK_FAILED,
                result.machine() + ": '" + result.command() + "' " + what
                        + said.map(line -> ": " + line).orElse(""),
                "",
                "");
    }

    private static Optional<String> lastLine(String text) {
        return Arrays.stream(text.split("\n"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce((earlier, later) -> later);
    }
}
