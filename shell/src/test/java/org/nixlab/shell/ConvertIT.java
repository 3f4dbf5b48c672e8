package org.nixlab.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A test's script, converted, passes on real machines. */
@Timeout(1800)
class ConvertIT {
    @TempDir
    Path directory;

    @Test
    void aConvertedScriptRuns() throws Exception {
        Files.writeString(directory.resolve("network.nix"), """
                {
                  machine = {
                    services.httpd.enable = true;
                    networking.firewall.allowedTCPPorts = [ 80 ];
                  };
                  client = { pkgs, ... }: { environment.systemPackages = [ pkgs.curl ]; };
                }
                """);
        Files.writeString(directory.resolve("web.py"), """
                import json
                import re

                start_all()
                machine.wait_for_unit("httpd.service")
                machine.wait_for_open_port(80)
                machine.wait_for_closed_port(81)


                def words(text, at_least=1):
                    found = []
                    for word in text.split():
                        if len(word) >= at_least:
                            found.append(word)
                    return found


                with subtest("commands"):
                    assert words(machine.succeed("echo a bcd ef"), at_least=2) == ["bcd", "ef"]
                    status, out = machine.execute("echo out; exit 3")
                    assert (status, out) == (3, "out\\n"), f"{status} {out}"
                    machine.fail("false | true")
                    machine.succeed("true || false")
                    _, first = machine.execute("printf '%s' '$HOME \\"x\\"'")
                    assert first == '$HOME "x"'
                    assert machine.systemctl("is-active httpd")[1].strip() == "active"
                    machine.require_unit_state("httpd")

                with subtest("values"):
                    data = json.loads(machine.succeed("echo '{\\"a\\": [1, 2]}'"))
                    assert sum(data["a"]) == 3 and "a" in data
                    assert re.search(r"inet (\\d+)", machine.succeed("ip addr show lo")).group(1) == "127"
                    assert {k: v for k, v in [("x", 1)]} == {"x": 1}

                with subtest("files"):
                    client.copy_from_host("network.nix", "/srv/copies/network.nix")
                    client.wait_for_file("/srv/copies/network.nix")
                    client.copy_from_vm("/srv/copies/network.nix", "back")

                with subtest("the network"):
                    client.succeed(
                        "curl -sf --max-time 30 http://machine/ "
                        "| grep -q works"
                    )
                    machine.block()
                    client.fail("curl -sf --max-time 3 http://machine/")
                    machine.unblock()
                    client.wait_until_succeeds("curl -sf --max-time 3 http://machine/")

                with subtest("power"):
                    machine.shutdown()
                    machine.wait_for_unit("httpd")
                    machine.reboot()
                    machine.wait_for_console_text(r"Multi-User Sys\\w+", timeout=60)
                    try:
                        client.succeed("exit 5", timeout=20)
                        raise Exception("not reached")
                    except Exception as e:
                        assert "5" in str(e)
                """);

        var converted = Launcher.run(directory, Duration.ofMinutes(1), "convert", "web.py", "-o", "web.groovy");
        assertThat(converted.exitCode()).as(converted.err()).isZero();
        var result =
                Launcher.run(directory, Duration.ofMinutes(25), "script", "--network", "network.nix", "web.groovy");

        assertThat(result.exitCode()).as("%s%n%s", result.out(), result.err()).isZero();
        assertThat(result.out()).contains("passed, 5 of 5 subtests");
        assertThat(directory.resolve("back/network.nix")).hasSameTextualContentAs(directory.resolve("network.nix"));
    }
}
