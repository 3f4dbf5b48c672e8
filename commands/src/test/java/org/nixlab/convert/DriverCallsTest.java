package org.nixlab.convert;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DriverCallsTest {
    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            m.start() => m.start()
            m.start(allow_reboot=True) => m.start()
            m.connect() => m.start()
            m.succeed("id") => m.succeed('id')
            m.succeed("id", "true", timeout=5) => m.succeed('id', 'true', timeout: 5)
            m.succeed("id", timeout=None) => m.succeed('id')
            m.succeed("a | b") => m.succeed('set -euo pipefail; a | b')
            m.succeed("a; b") => m.succeed('set -euo pipefail; a; b')
            m.succeed("a || b && c") => m.succeed('a || b && c')
            m.succeed("echo 'a | b'") => m.succeed('echo \\'a | b\\'')
            m.succeed("a $(b | c)") => m.succeed('set -euo pipefail; a $(b | c)')
            m.succeed("a " "b") => m.succeed('a b')
            m.succeed(f"ping {m.name}") => m.succeed("ping ${m.name}")
            m.fail("false") => m.fail('false')
            m.succeed("a {}".format(x)) => m.succeed("a ${x}")
            m.copy_from_host("a", "b") => m.copyIn('a', '/root/b')
            m.execute("id") => m.execute('id')
            m.execute("id")[1] => m.execute('id').out
            m.execute("id", timeout=9)[0] => m.execute('id', timeout: 9).exitCode
            m.wait_until_succeeds("id", timeout=30) => m.waitUntilSucceeds('id', timeout: 30)
            m.wait_until_fails("id") => m.waitUntilFails('id')
            m.wait_for_unit("nginx") => m.waitForUnit('nginx')
            m.wait_for_unit("nginx", timeout=60) => m.waitForUnit('nginx', timeout: 60)
            m.wait_for_unit("a.service", "bob") => m.waitUntilSucceeds('XDG_RUNTIME_DIR=/run/user/$(id -u) systemctl --user is-active a.service', user: 'bob')
            m.wait_for_open_port(80) => m.waitForOpenPort(80)
            m.wait_for_open_port(80, "localhost") => m.waitForOpenPort(80)
            m.wait_for_open_port(80, addr="10.0.0.1") => m.waitUntilSucceeds(': </dev/tcp/10.0.0.1/80')
            m.wait_for_closed_port(80) => m.waitUntilFails(': </dev/tcp/localhost/80')
            m.wait_for_open_unix_socket("/run/s") => m.waitUntilSucceeds('nc -z -U /run/s')
            m.wait_for_file("/tmp/x") => m.waitForFile('/tmp/x')
            m.wait_for_file("/tmp/*.x") => m.waitUntilSucceeds('test -e /tmp/*.x')
            m.wait_for_x() => m.waitForFile('/tmp/.X11-unix/X0')
            m.wait_for_window("Term") => m.waitUntilSucceeds('DISPLAY=:0 xwininfo -root -tree | grep -aP \\'".*Term\\'')
            m.wait_until_tty_matches("1", "login: ") => m.waitUntilSucceeds('fold -w "$(stty -F /dev/tty1 size | cut -d \\' \\' -f 2)" /dev/vcs1 | grep -aP \\'login: \\'')
            m.copy_from_host("a.txt", "/tmp/a.txt") => m.copyIn('a.txt', '/tmp/a.txt')
            m.copy_from_vm("/tmp/x") => m.copyOut('/tmp/x', '.')
            m.shutdown() => m.stop()
            m.crash() => m.kill()
            m.reboot() => restart(m)
            m.block() => m.hmp('set_link virtio-net-pci.1 off')
            m.unblock() => m.hmp('set_link virtio-net-pci.1 on')
            m.screenshot("login") => m.screenshot('login.png')
            m.send_key("ctrl-alt-f2") => m.key('ctrl-alt-f2')
            m.send_chars("root\\n") => m.type('root\\n')
            m.send_monitor_command("info block") => m.hmp('info block')
            m.forward_port(2222, 22) => forward(m, 22, port: 2222)
            m.systemctl("restart nginx") => m.execute('systemctl restart nginx')
            m.systemctl("stop a", "bob") => m.execute('XDG_RUNTIME_DIR=/run/user/$(id -u) systemctl --user stop a', user: 'bob')
            m.start_job("a") => m.execute('systemctl start a')
            m.stop_job("a") => m.execute('systemctl stop a')
            m.require_unit_state("a") => assert m.succeed('systemctl show --value -p ActiveState "a"').trim() == 'active'
            m.require_unit_state("a", "inactive") => assert m.succeed('systemctl show --value -p ActiveState "a"').trim() == 'inactive'
            m.execute("a &", check_return=False)            => m.execute('a &')
            x = m.get_unit_info("a")                        => x = m.succeed('systemctl show "a"').readLines().findAll { it.contains('=') }.collectEntries { it.split('=', 2).toList() }
            m.get_unit_info("a")["Result"] => m.succeed('systemctl show --value -p Result "a"').trim()
            m.sleep(5) => sleep(5000)
            m.log("hello") => println('hello')
            log.info("hello") => println('hello')
            """)
    void callsOfMachines(String python, String groovy) {
        assertThat(Converted.whole(python)).isEqualTo(groovy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m.wait_for_text('Welcome')",
                "m.get_screen_text()",
                "m.switch_root()",
                "m.shell_interact()",
                "m.send_console('x')",
                "join_all()",
            })
    void someCallsHaveNoCounterpart(String python) {
        assertThat(Converted.reason(python)).endsWith("has no counterpart");
    }

    @Test
    void whatACallDoesNotTakeIsNamed() {
        assertThat(Converted.reason("m.succeed('id', user='bob')"))
                .isEqualTo("'user=' of succeed() has no counterpart");
        assertThat(Converted.reason("m.execute('id', check_output=False)"))
                .isEqualTo("'check_output=' of execute() has no counterpart");
    }

    @Test
    void statusAndOutputAreOneResult() {
        assertThat(Converted.whole("status, out = m.execute('id')\nprint(status, out)"))
                .isEqualTo(
                        "(status, out) = m.execute('id').with { [it.exitCode, it.out] }\nprintln([status, out].join(' '))");
        assertThat(Converted.whole("_, out = m.execute('id')\nprint(out)"))
                .isEqualTo("out = m.execute('id').out\nprintln(out)");
        assertThat(Converted.whole("rc, _ = m.systemctl('stop a')\nassert rc == 0"))
                .isEqualTo("rc = m.execute('systemctl stop a').exitCode\nassert rc == 0");
    }

    @Test
    void directoriesOfCopiesAreMade() {
        assertThat(Converted.whole("m.copy_from_host('a', '/srv/www/a')"))
                .isEqualTo("m.succeed('mkdir -p /srv/www')\nm.copyIn('a', '/srv/www/a')");
        assertThat(Converted.whole("m.copy_from_vm('/tmp/x', 'logs')"))
                .isEqualTo("new File('logs').mkdirs()\nm.copyOut('/tmp/x', 'logs/')");
    }

    @Test
    void waitsWithoutACounterpartAreTriedAgain() {
        assertThat(Converted.whole("m.wait_for_console_text('login: ')"))
                .startsWith("retry { console(m).toFile().text =~ 'login: ' }\n\ndef retry(seconds = 900, check) {\n");
        assertThat(Converted.whole("m.wait_for_console_text('ready', timeout=60)"))
                .startsWith("retry(60) { console(m).toFile().text =~ 'ready' }\n");
        assertThat(Converted.whole("m.wait_for_shutdown()")).startsWith("retry { !m.status.uptime.present }\n");
        assertThat(Converted.whole("def up(last):\n    return m.execute('id')[0] == 0\n\nretry(up, timeout=9)"))
                .startsWith("def up(last) {\n    return m.execute('id').exitCode == 0\n}\n\nretry(9, this.&up)\n");
    }

    @Test
    void commandsThatAreNotSeenAreStrict() {
        assertThat(Converted.whole("for c in ['a', 'b']:\n    m.succeed(c)"))
                .isEqualTo("for (c in ['a', 'b']) {\n    m.succeed('set -euo pipefail; ' + c)\n}");
        assertThat(Converted.whole("cmds = ['a']\nm.succeed(*cmds)"))
                .isEqualTo("cmds = ['a']\nm.succeed(*cmds.collect { 'set -euo pipefail; ' + it })");
    }

    @Test
    void longCallsAreBroken() {
        var word = "x".repeat(70);

        assertThat(Converted.whole("m.succeed('" + word + "', '" + word + "')"))
                .isEqualTo("m.succeed(\n    '" + word + "',\n    '" + word + "'\n)");
    }
}
