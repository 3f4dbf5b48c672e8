package org.nixlab.scenario.python;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.lab.method.MachineMethod;
import org.nixlab.lab.method.MachineMethods;
import org.nixlab.lab.method.Parameter;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

/** What machines are asked for by scripts, the table of methods has, with these arguments. */
class ScriptMethodsTest {
    private static final Pattern ASKED = Pattern.compile("_(?:call|guest|ended)\\(\"([A-Za-z]+)\"");

    /** Each method with all its arguments. */
    private static final String SCRIPT = """
            web.start(allow_reboot=True)
            web.connect()
            web.execute("x", timeout=1)
            web.succeed("x", "y", timeout=1)
            web.fail("x", timeout=1)
            web.wait_until_succeeds("x", timeout=1)
            web.wait_until_fails("x", timeout=1)
            web.systemctl("x", user="u")
            web.start_job("x", user="u")
            web.stop_job("x", user="u")
            web.wait_for_unit("x", user="u", timeout=1)
            web.get_unit_info("x", user="u")
            web.get_unit_property("x", "y", user="u")
            web.require_unit_state("x", require_state="y")
            web.wait_for_file("x", timeout=1)
            web.wait_for_open_port(1, addr="x", timeout=1)
            web.wait_for_closed_port(1, addr="x", timeout=1)
            web.wait_for_open_unix_socket("x", is_datagram=True, timeout=1)
            web.copy_from_host("x", "y")
            web.copy_from_machine("x", target_dir="y")
            web.forward_port(host_port=1, guest_port=2)
            web.block(interface="eth2")
            web.unblock(interface="eth2")
            web.ssh_backdoor_command(1)
            web.wait_for_console_text("x", timeout=1)
            web.get_console_log()
            web.send_console("x")
            web.get_tty_text("1")
            web.wait_until_tty_matches("1", "x", timeout=1)
            web.dump_tty_contents("1")
            web.send_key("a", delay=1, log=False)
            web.send_chars("a", delay=1)
            web.screenshot("x")
            web.get_screen_text()
            web.get_screen_text_variants()
            web.wait_for_text("x", timeout=1)
            web.wait_for_x(timeout=1)
            web.get_window_names()
            web.wait_for_window("x", timeout=1)
            web.send_monitor_command("x")
            web.qmp_client.send("x", {"y": 1})
            web.wait_for_qmp_event(lambda event: True, timeout=1)
            web.reboot()
            web.switch_root()
            web.wait_for_shutdown()
            web.start()
            web.crash()
            web.start()
            web.kill()
            web.start()
            web.stop()
            web.start()
            web.shutdown()
            """;

    private final List<String> strange = new ArrayList<>();
    private final TreeSet<String> asked = new TreeSet<>();

    @TempDir
    Path directory;

    @Test
    void theTableHasWhatScriptsAskFor() throws Exception {
        var host = new FakeTestHost().otherwise((method, positional, named) -> {
            asked.add(method);
            MachineMethods.of(method)
                    .ifPresentOrElse(known -> compare(known, positional, named), () -> strange.add(method));
            return method.startsWith("waitUntil") || method.equals("succeed") || method.equals("fail")
                    ? ""
                    : Map.of("exitCode", 0, "out", "");
        });

        new ScriptRunner(directory, host).run(SCRIPT);

        assertThat(strange).isEmpty();
        assertThat(asked).isEqualTo(inModule());
    }

    private void compare(MachineMethod method, List<?> positional, Map<String, ?> named) {
        var names = method.parameters().stream().map(Parameter::name).collect(toSet());
        var places = method.parameters().stream().filter(Parameter::positional).count();
        if (!names.containsAll(named.keySet()) || positional.size() > places) {
            strange.add(method.name() + positional + named.keySet());
        }
    }

    private static TreeSet<String> inModule() throws Exception {
        var module = Path.of("src/main/resources/org/nixlab/scenario/python/nixlab_machine.py");
        var names = new TreeSet<String>();
        var calls = ASKED.matcher(Files.readString(module));
        while (calls.find()) {
            names.add(calls.group(1));
        }
        return names;
    }
}
