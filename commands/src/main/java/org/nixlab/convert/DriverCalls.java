package org.nixlab.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.nixlab.convert.Expression.Argument;
import org.nixlab.convert.Expression.Attribute;
import org.nixlab.convert.Expression.Call;
import org.nixlab.convert.Expression.Text;

/** Writes calls of the test driver's methods of machines. */
final class DriverCalls {
    private static final Set<String> RESULTS = Set.of("execute", "systemctl", "start_job", "stop_job");

    private static final Set<String> METHODS = Set.of(
            "block",
            "cleanup_statedir",
            "connect",
            "console_interact",
            "copy_from_host",
            "copy_from_host_via_shell",
            "copy_from_machine",
            "copy_from_vm",
            "crash",
            "dump_tty_contents",
            "execute",
            "fail",
            "forward_port",
            "get_console_log",
            "get_screen_text",
            "get_screen_text_variants",
            "get_tty_text",
            "get_unit_info",
            "get_unit_property",
            "get_window_names",
            "is_up",
            "log_serial",
            "reboot",
            "release",
            "require_unit_state",
            "run_callbacks",
            "screenshot",
            "send_chars",
            "send_console",
            "send_key",
            "send_monitor_command",
            "shell_interact",
            "shutdown",
            "sleep",
            "start",
            "start_job",
            "stop_job",
            "succeed",
            "switch_root",
            "systemctl",
            "unblock",
            "wait_for_closed_port",
            "wait_for_console_text",
            "wait_for_file",
            "wait_for_job",
            "wait_for_open_port",
            "wait_for_open_unix_socket",
            "wait_for_qmp_event",
            "wait_for_shutdown",
            "wait_for_text",
            "wait_for_unit",
            "wait_for_window",
            "wait_for_x",
            "wait_until_fails",
            "wait_until_succeeds",
            "wait_until_tty_matches");

    private final ExpressionWriter writer;

    DriverCalls(ExpressionWriter writer) {
        this.writer = writer;
    }

    static boolean isMethod(String name) {
        return METHODS.contains(name);
    }

    /** Returns whether a call gives a status and an output, which in nixlab are one result. */
    static boolean givesResult(Expression expression) {
        return expression instanceof Call call
                && call.function() instanceof Attribute method
                && RESULTS.contains(method.name());
    }

    static boolean givesUnitInfo(Call call) {
        return call.function() instanceof Attribute method && method.name().equals("get_unit_info");
    }

    Groovy value(Call call, Attribute method) {
        var machine = writer.value(method.object());
        return switch (method.name()) {
            case "succeed", "fail" -> commands(machine, call, method.name());
            case "wait_until_succeeds" -> repeated(machine, call, "waitUntilSucceeds");
            case "wait_until_fails" -> repeated(machine, call, "waitUntilFails");
            case "execute", "systemctl", "start_job", "stop_job" ->
                Groovy.atom(result(call).object() + ".with { [it.exitCode, it.out] }");
            case "wait_for_unit", "wait_for_job" -> waitForUnit(machine, call);
            case "wait_for_open_port" -> waitForOpenPort(machine, call);
            case "wait_for_closed_port" -> port(machine, call, "waitUntilFails");
            case "wait_for_open_unix_socket" -> waitForSocket(machine, call);
            case "wait_for_file" -> waitForFile(machine, call);
            case "get_unit_property" -> {
                var arguments = arguments(call, "unit", "property");
                yield property(machine, arguments.need("unit"), arguments.need("property"));
            }
            case "get_unit_info" -> {
                var arguments = arguments(call, "unit");
                var command = Texts.joined(Texts.joined("systemctl show \"", arguments.need("unit")), "\"");
                var lines = method(machine, "succeed", command).call("readLines");
                yield Groovy.atom(lines.text() + ".findAll { it.contains('=') }"
                        + ".collectEntries { it.split('=', 2).toList() }");
            }
            case "sleep" ->
                new ModuleCalls(writer).sleep(Arguments.of(call, "secs").need("secs"));
            default -> new HardwareCalls(writer, this).value(machine, call, method.name());
        };
    }

    /** Returns a call that gives a result. */
    Groovy result(Call call) {
        var method = (Attribute) call.function();
        var machine = writer.value(method.object());
        if (!method.name().equals("execute")) {
            var verb = method.name().equals("systemctl") ? "" : method.name().replace("_job", " ");
            var words = verb.isEmpty() ? "q" : "jobname";
            var arguments = arguments(call, words, "user");
            return systemctl(machine, "execute", Texts.joined(verb, arguments.need(words)), arguments);
        }
        var arguments = arguments(call, "command", "check_return", "check_output", "timeout");
        // Whether the driver waits for the exit code matters to the driver only, not what it waits for.
        if (arguments
                .get("check_output")
                .filter(value -> !Texts.isConstant(value, "True"))
                .isPresent()) {
            arguments.without("check_output");
        }
        return method(machine, "execute", arguments, strict(arguments.need("command")));
    }

    /** Returns what a call asserts, if that is all it does. */
    Optional<Groovy> asserted(Call call) {
        if (!(call.function() instanceof Attribute method) || !method.name().equals("require_unit_state")) {
            return Optional.empty();
        }
        var arguments = arguments(call, "unit", "require_state");
        var state = property(writer.value(method.object()), arguments.need("unit"), Text.of("ActiveState"));
        var wanted = Groovy.atom(arguments.get("require_state").map(this::text).orElse("'active'"));
        return Optional.of(Groovy.binary(state, "==", wanted, Groovy.EQUALITY));
    }

    Groovy unitProperty(Call call, Expression property) {
        var arguments = arguments(call, "unit", "user").without("user");
        return property(writer.value(((Attribute) call.function()).object()), arguments.need("unit"), property);
    }

    private Groovy property(Groovy machine, Expression unit, Expression property) {
        var command = Texts.joined(Texts.joined(Texts.joined("systemctl show --value -p ", property), " \""), unit);
        return method(machine, "succeed", Texts.joined(command, "\"")).call("trim");
    }

    private Groovy commands(Groovy machine, Call call, String name) {
        var named = new ArrayList<Argument>(call.arguments());
        named.removeIf(argument -> argument.keyword().matches("\\*?"));
        var arguments = arguments(new Call(call.function(), named), "*", "timeout");
        var listed = new ArrayList<String>();
        for (var argument : call.arguments()) {
            if (argument.keyword().equals("*")) {
                // The commands in it are not seen, so that nobody can say what the shell is to make of them.
                listed.add("*" + writer.value(argument.value()).object() + ".collect { '" + ShellCommand.STRICT
                        + "' + it }");
            } else if (argument.isPositional()) {
                listed.add(text(strict(argument.value())));
            }
        }
        timeout(arguments).ifPresent(listed::add);
        return Groovy.atom(machine.object() + "." + name + "(" + Layout.arguments(listed) + ")");
    }

    private Groovy repeated(Groovy machine, Call call, String name) {
        var arguments = arguments(call, "command", "timeout");
        return method(machine, name, arguments, strict(arguments.need("command")));
    }

    private Groovy waitForUnit(Groovy machine, Call call) {
        var arguments = arguments(call, "unit", "user", "timeout");
        return arguments.get("user").isEmpty()
                ? method(machine, "waitForUnit", arguments, arguments.need("unit"))
                : systemctl(
                        machine, "waitUntilSucceeds", Texts.joined("is-active ", arguments.need("unit")), arguments);
    }

    /** A user's own systemd is found by the user's directory. */
    private Groovy systemctl(Groovy machine, String name, Expression words, Arguments arguments) {
        var user = arguments.get("user");
        var command = user.isEmpty() ? "systemctl " : "XDG_RUNTIME_DIR=/run/user/$(id -u) systemctl --user ";
        var listed = new ArrayList<>(List.of(text(Texts.joined(command, words))));
        user.ifPresent(each -> listed.add("user: " + text(each)));
        timeout(arguments).ifPresent(listed::add);
        return Groovy.atom(machine.object() + "." + name + "(" + Layout.arguments(listed) + ")");
    }

    private Groovy waitForOpenPort(Groovy machine, Call call) {
        var arguments = arguments(call, "port", "addr", "timeout");
        var local = arguments
                .get("addr")
                .filter(address -> !Texts.isText(address, "localhost"))
                .isEmpty();
        return local
                ? method(machine, "waitForOpenPort", arguments, arguments.need("port"))
                : port(machine, call, "waitUntilSucceeds");
    }

    private Groovy port(Groovy machine, Call call, String name) {
        var arguments = arguments(call, "port", "addr", "timeout");
        // Bash connects by itself, and not every guest has nc.
        var address = Texts.joined(": </dev/tcp/", arguments.get("addr").orElse(Text.of("localhost")));
        return method(machine, name, arguments, Texts.joined(Texts.joined(address, "/"), arguments.need("port")));
    }

    private Groovy waitForSocket(Groovy machine, Call call) {
        var arguments = arguments(call, "addr", "is_datagram", "timeout");
        var datagram = arguments
                .get("is_datagram")
                .filter(value -> Texts.isConstant(value, "True"))
                .isPresent();
        return method(
                machine,
                "waitUntilSucceeds",
                arguments,
                Texts.joined("nc -z " + (datagram ? "-uU " : "-U "), arguments.need("addr")));
    }

    /** The driver lets the shell see the name, so that patterns in it work. */
    private Groovy waitForFile(Groovy machine, Call call) {
        var arguments = arguments(call, "filename", "timeout");
        var name = arguments.need("filename");
        boolean isPlain = !(name instanceof Text text) || text.literally().matches("[\\w./:@%+,=-]*");
        return isPlain
                ? method(machine, "waitForFile", arguments, name)
                : method(machine, "waitUntilSucceeds", arguments, strict(Texts.joined("test -e ", name)));
    }

    Groovy method(Groovy machine, String name, Expression argument) {
        return machine.call(name, text(argument));
    }

    Groovy method(Groovy machine, String name, Arguments arguments, Expression argument) {
        var listed = new ArrayList<>(List.of(text(argument)));
        timeout(arguments).ifPresent(listed::add);
        return Groovy.atom(machine.object() + "." + name + "(" + Layout.arguments(listed) + ")");
    }

    private Optional<String> timeout(Arguments arguments) {
        return arguments.get("timeout").map(seconds -> "timeout: " + text(seconds));
    }

    /** {@code None} is what stands for all that is not said. */
    static Arguments arguments(Call call, String... parameters) {
        var given = new ArrayList<>(call.arguments());
        given.removeIf(argument -> !argument.isPositional() && Texts.isConstant(argument.value(), "None"));
        return Arguments.of(new Call(call.function(), given), parameters);
    }

    private Expression strict(Expression command) {
        return ShellCommand.strict(Formats.text(command));
    }

    String text(Expression expression) {
        return writer.text(expression).text();
    }
}
