package org.nixlab.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.nixlab.convert.Expression.Attribute;
import org.nixlab.convert.Expression.Call;
import org.nixlab.convert.Expression.Comparison;
import org.nixlab.convert.Expression.Conditional;
import org.nixlab.convert.Expression.Link;
import org.nixlab.convert.Expression.Name;
import org.nixlab.convert.Expression.Text;

/** Writes calls of the driver's methods that mean a machine from outside: its power, screen, keyboard, files and ports. */
final class HardwareCalls {
    private final ExpressionWriter writer;
    private final DriverCalls driver;

    HardwareCalls(ExpressionWriter writer, DriverCalls driver) {
        this.writer = writer;
        this.driver = driver;
    }

    Groovy value(Groovy machine, Call call, String method) {
        return switch (method) {
            case "start" -> {
                // Machines of nixlab may always reboot.
                Arguments.of(call, "allow_reboot");
                yield machine.call("start");
            }
            case "connect" -> bare(machine, call, "start");
            case "shutdown" -> bare(machine, call, "stop");
            case "reboot" -> {
                Arguments.of(call);
                yield Groovy.atom("restart(" + machine.text() + ")");
            }
            // The first network of the machine; eth0, which the host talks through, is the card before it.
            case "block" -> link(machine, call, "off");
            case "unblock" -> link(machine, call, "on");
            case "wait_for_x" ->
                driver.method(
                        machine, "waitForFile", DriverCalls.arguments(call, "timeout"), Text.of("/tmp/.X11-unix/X0"));
            case "wait_for_window" -> {
                var arguments = DriverCalls.arguments(call, "regexp", "timeout");
                var command = Texts.joined(
                        "DISPLAY=:0 xwininfo -root -tree | grep -aP ", Texts.quoted(title(arguments.need("regexp"))));
                yield driver.method(machine, "waitUntilSucceeds", arguments, command);
            }
            case "wait_until_tty_matches" -> {
                var arguments = DriverCalls.arguments(call, "tty", "regexp", "timeout");
                var tty = arguments.need("tty");
                var size = Texts.joined(
                        Texts.joined("fold -w \"$(stty -F /dev/tty", tty), " size | cut -d ' ' -f 2)\" /dev/vcs");
                var command = Texts.joined(
                        Texts.joined(size, tty), Texts.joined(" | grep -aP ", Texts.quoted(arguments.need("regexp"))));
                yield driver.method(machine, "waitUntilSucceeds", arguments, command);
            }
            case "crash" -> bare(machine, call, "kill");
            case "send_monitor_command" ->
                driver.method(machine, "hmp", Arguments.of(call, "command").need("command"));
            case "send_chars" ->
                driver.method(
                        machine,
                        "type",
                        DriverCalls.arguments(call, "chars", "delay").need("chars"));

            case "send_key" -> key(machine, call);
            case "screenshot" ->
                driver.method(
                        machine,
                        "screenshot",
                        picture(Arguments.of(call, "filename").need("filename")));
            case "copy_from_host", "copy_from_host_via_shell" -> {
                var arguments = Arguments.of(call, "source", "target");
                yield machine.call(
                        "copyIn", driver.text(arguments.need("source")), driver.text(target(arguments.need("target"))));
            }
            case "copy_from_machine", "copy_from_vm" -> {
                var arguments = Arguments.of(call, "source", "target_dir");
                var directory = arguments.get("target_dir");
                yield machine.call(
                        "copyOut",
                        driver.text(arguments.need("source")),
                        directory
                                .map(each -> driver.text(Texts.joined(each, "/")))
                                .orElse("'.'"));
            }
            case "forward_port" -> {
                var arguments = Arguments.of(call, "host_port", "guest_port");
                yield Groovy.atom("forward(" + machine.text() + ", "
                        + arguments.get("guest_port").map(driver::text).orElse("80") + ", port: "
                        + arguments.get("host_port").map(driver::text).orElse("8080") + ")");
            }
            case "wait_for_console_text" -> {
                var arguments = DriverCalls.arguments(call, "regex", "timeout");
                var pattern = ModuleCalls.pattern(arguments.need("regex"), "");
                yield retry("console(" + machine.text() + ").toFile().text =~ " + pattern.literal(), arguments);
            }
            case "wait_for_shutdown" ->
                retry("!" + machine.object() + ".status.uptime.present", DriverCalls.arguments(call));
            default -> throw UnconvertibleException.noCounterpart(method);
        };
    }

    /** The names of windows stand in quotes. */
    private static Expression title(Expression pattern) {
        return pattern instanceof Text text && text.literally().startsWith("^") && text.isPlain()
                ? Text.of("\"" + text.literally().substring(1))
                : Texts.joined("\".*", pattern);
    }

    private static Groovy link(Groovy machine, Call call, String state) {
        Arguments.of(call);
        return machine.call("hmp", "'set_link virtio-net-pci.1 " + state + "'");
    }

    private Groovy retry(String check, Arguments arguments) {
        if (writer.scope().binds("retry")) {
            throw new UnconvertibleException("the script's own retry() stands in the way");
        }
        writer.needs().useRetry();
        var limit = arguments
                .get("timeout")
                .map(seconds -> "(" + driver.text(seconds) + ")")
                .orElse("");
        return Groovy.atom("retry" + limit + " { " + check + " }");
    }

    /** Returns what has to be done before a call. */
    List<String> before(Call call) {
        if (!(call.function() instanceof Attribute method)) {
            return List.of();
        }
        var before = new ArrayList<String>();
        if (Set.of("copy_from_host", "copy_from_host_via_shell").contains(method.name())) {
            parent(target(Arguments.of(call, "source", "target").need("target")))
                    .map(path -> path.matches("[\\w./-]*") ? path : "'" + path.replace("'", "'\\''") + "'")
                    .map(path -> driver.method(writer.value(method.object()), "succeed", Text.of("mkdir -p " + path)))
                    .ifPresent(command -> before.add(command.text()));
        } else if (Set.of("copy_from_machine", "copy_from_vm").contains(method.name())) {
            Arguments.of(call, "source", "target_dir")
                    .get("target_dir")
                    .ifPresent(path -> before.add("new File(" + driver.text(path) + ").mkdirs()"));
        }
        return before;
    }

    private Groovy key(Groovy machine, Call call) {
        var key = DriverCalls.arguments(call, "key", "delay", "log").need("key");

        return driver.method(machine, "key", Texts.isText(key, "-") ? Text.of("minus") : key);
    }

    /** The driver adds a suffix to names without one. */
    private static Expression picture(Expression name) {
        if (name instanceof Text text) {
            return text.literally().contains(".") ? text : Texts.joined(text, ".png");
        }
        if (!(name instanceof Name)) {
            throw new UnconvertibleException("a computed name of a screenshot has no counterpart");
        }
        var hasSuffix = new Comparison(Text.of("."), List.of(new Link("in", name)));
        return new Conditional(hasSuffix, name, Texts.joined(name, ".png"));
    }

    /** Relative paths begin where commands run, which is in nixlab the home directory. */
    private static Expression target(Expression path) {
        if (path instanceof Text text && text.isPlain()) {
            var written = text.literally().replaceAll("(?<=.)/+$", "");
            return Text.of(written.startsWith("/") ? written : "/root/" + written);
        }
        return path;
    }

    /** Returns the directory a copy goes to, unless every machine has it. */
    private static Optional<String> parent(Expression target) {
        if (!(target instanceof Text text) || !text.isPlain()) {
            return Optional.empty();
        }
        var path = text.literally().substring(0, Math.max(0, text.literally().lastIndexOf('/')));
        return Set.of("", "/etc", "/home", "/root", "/run", "/tmp", "/var").contains(path)
                ? Optional.empty()
                : Optional.of(path);
    }

    private Groovy bare(Groovy machine, Call call, String name) {
        Arguments.of(call);
        return machine.call(name);
    }
}
