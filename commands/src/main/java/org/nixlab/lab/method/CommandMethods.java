package org.nixlab.lab.method;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.lab.Lab;
import org.nixlab.lab.method.Parameter.Kind;
import org.nixlab.machine.condition.LastLine;
import org.nixlab.machine.condition.RepeatedCommand;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.Result;

/** Running commands. */
final class CommandMethods {
    private CommandMethods() {}

    static List<MachineMethod> all() {
        return List.of(
                MachineMethod.named("execute", "runs a command and gives a result, whatever its exit code")
                        .needs("command", Kind.TEXT, "a command for bash")
                        .running()
                        .timed()
                        .does(CommandMethods::execute),
                each(
                        "succeed",
                        "runs commands that must succeed, and gives what they printed",
                        result -> result.succeeded()
                                ? Optional.empty()
                                : Optional.of("exited with " + result.exitCode())),
                each(
                        "fail",
                        "runs commands that must fail, and gives what they printed",
                        result -> result.succeeded()
                                ? Optional.of("succeeded, but should have failed")
                                : Optional.empty()),
                MachineMethod.named(
                                "waitUntilSucceeds", "runs a command until it succeeds, and gives what it printed then")
                        .needs("command", Kind.TEXT, "a command for bash")
                        .running()
                        .timed()
                        .does((machine, arguments) -> repeated(machine, arguments)
                                .untilSuccess(machine.deadline(arguments))
                                .getOut()),
                MachineMethod.named("waitUntilFails", "runs a command until it fails, and gives what it printed then")
                        .needs("command", Kind.TEXT, "a command for bash")
                        .running()
                        .timed()
                        .does((machine, arguments) -> repeated(machine, arguments)
                                .untilFailure(machine.deadline(arguments))
                                .getOut()),
                MachineMethod.named("sleep", "lets some time pass in it")
                        .needs("secs", Kind.TIME, "how long")
                        .does(CommandMethods::sleep));
    }

    private static MachineMethod each(String name, String summary, Function<Result, Optional<String>> complaint) {
        return MachineMethod.named(name, summary)
                .needs("commands", Kind.TEXTS, "commands for bash, run one after the other")
                .running()
                .timed()
                .does((machine, arguments) -> all(machine, arguments, complaint));
    }

    private static RepeatedCommand repeated(MethodTarget machine, Arguments arguments) {
        return new RepeatedCommand(machine.vm(), arguments.repeated(arguments.needText("command")));
    }

    private static Object sleep(MethodTarget machine, Arguments arguments) {
        var time = arguments.time("secs").orElseThrow();
        var limit = time.plus(machine.lab().get().defaultTimeout(Lab.TimedWork.SCRIPT));
        var seconds = BigDecimal.valueOf(time.toMillis(), 3).toPlainString();
        machine.vm().execute(ExecRequest.of("sleep " + seconds), Deadline.in(limit));
        return null;
    }

    private static Result execute(MethodTarget machine, Arguments arguments) {
        return machine.execute(arguments.request(arguments.needText("command")), machine.deadline(arguments));
    }

    private static String all(MethodTarget machine, Arguments arguments, Function<Result, Optional<String>> complaint) {
        var deadline = machine.deadline(arguments);
        var output = new StringBuilder();
        for (var command : arguments.texts("commands")) {
            var result = machine.execute(arguments.request(command), deadline);
            complaint.apply(result).ifPresent(what -> {
                throw failed(result, what);
            });
            output.append(result.getOut());
        }
        return output.toString();
    }

    private static LabException failed(Result result, String what) {
        var said = LastLine.of(result);
        return new LabException(
                ExitCode.CHECK_FAILED,
                result.machine() + ": '" + result.command() + "' " + what + (said.isEmpty() ? "" : ": " + said),
                "",
                "");
    }
}
