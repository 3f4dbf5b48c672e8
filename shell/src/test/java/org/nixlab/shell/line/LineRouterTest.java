package org.nixlab.shell.line;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nixlab.command.verb.Verb;

import static org.assertj.core.api.Assertions.assertThat;

class LineRouterTest {
    private final LineRouter router = new LineRouter(word -> Verb.of(word).isPresent(), "run"::equals);
    private final List<String> machines = List.of("test1", "test2", "web-1", "in", "db.example.net", "run.example.net");

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '\0',
            value = {
                "                                   ¦ Blank",
                "# a comment                        ¦ Blank",
                "   # run                           ¦ Blank",
                "run                                ¦ Command run",
                "  run  test1                       ¦ Command run test1",
                "run web*                           ¦ Command run web*",
                "stop *                             ¦ Command stop *",
                "stop !web                          ¦ Command stop !web",
                "status -o json                     ¦ Command status -o json",
                "status -x                          ¦ Command status -x",
                "ps                                 ¦ Command ps",
                "load ./a                           ¦ Command load ./a",
                "build-vms --use-backdoor n.nix     ¦ Command build-vms --use-backdoor n.nix",
                "exec test2 systemctl status httpd  ¦ Command exec test2 systemctl status httpd",
                "exec test2 'a' == b                ¦ Command exec test2 'a' == b",
                "exec in uname -r                   ¦ Command exec in uname -r",
                "status | grep web                  ¦ Command status | grep web",
                "status|grep web                    ¦ Command status |grep web",
                "status > /tmp/x                    ¦ Command status > /tmp/x",
                "status >> /tmp/x                   ¦ Command status >> /tmp/x",
                "status>/tmp/x                      ¦ Command status >/tmp/x",
                "copy - test1:/etc/motd             ¦ Command copy - test1:/etc/motd",
                "copy / test1:/tmp/                 ¦ Command copy / test1:/tmp/",
                "exec * true                        ¦ Command exec * true",
                "exec ? true                        ¦ Command exec ? true",
                "stop * now                         ¦ Command stop * now",
                "status # look                      ¦ Command status # look",
                "status + 3                         ¦ Groovy status + 3",
                "run ? 1 : 2                        ¦ Groovy run ? 1 : 2",
                "run / 2                            ¦ Groovy run / 2",
                "exec = 5                           ¦ Groovy exec = 5",
                "exec =5                            ¦ Groovy exec =5",
                "run=3                              ¦ Groovy run=3",
                "run == 3                           ¦ Groovy run == 3",
                "run ==x                            ¦ Command run ==x",
                "run + 3                            ¦ Groovy run + 3",
                "run - 3                            ¦ Groovy run - 3",
                "run * 2                            ¦ Groovy run * 2",
                "run += 2                           ¦ Groovy run += 2",
                "run in machines                    ¦ Command run in machines",
                "run as String                      ¦ Groovy run as String",
                "run instanceof String              ¦ Groovy run instanceof String",
                "status || true                     ¦ Groovy status || true",
                "run()                              ¦ Groovy run()",
                "run.toString()                     ¦ Groovy run.toString()",
                "history[0]                         ¦ Groovy history[0]",
                "stop++                             ¦ Groovy stop++",
                "exec(test2, 'ls')                  ¦ Groovy exec(test2, 'ls')",
                "exec test2, 'ls'                   ¦ Groovy exec test2, 'ls'",
                "check { test2.succeed 'ls' }       ¦ Groovy check { test2.succeed 'ls' }",
                "check a.nix b.nix                  ¦ Command check a.nix b.nix",
                "exec test1,test2 ls                ¦ Command exec test1,test2 ls",
                "test2 systemctl status httpd       ¦ MachineFirst test2 systemctl status httpd",
                "test2 'systemctl status httpd'     ¦ MachineFirst test2 'systemctl status httpd'",
                "test2 /bin/ls | wc -l              ¦ MachineFirst test2 /bin/ls | wc -l",
                "test2 ./start                      ¦ MachineFirst test2 ./start",
                "test2 $SHELL -c ls                 ¦ MachineFirst test2 $SHELL -c ls",
                "web-1 uptime                       ¦ MachineFirst web-1 uptime",
                "web-1                              ¦ Groovy web_1",
                "web-1.succeed('x')                 ¦ Groovy web_1.succeed('x')",
                "web_1.succeed('x')                 ¦ Groovy web_1.succeed('x')",
                "db.example.net uptime              ¦ MachineFirst db.example.net uptime",
                "db.example.net                     ¦ Groovy db_example_net",
                "db.example.net.succeed('x')        ¦ Groovy db_example_net.succeed('x')",
                "db.example.network uptime          ¦ Groovy db.example.network uptime",
                "run.example.net uptime             ¦ MachineFirst run.example.net uptime",
                "test2                              ¦ Groovy test2",
                "test2.succeed('x')                 ¦ Groovy test2.succeed('x')",
                "test2 = 3                          ¦ Groovy test2 = 3",
                "test2 == test1                     ¦ Groovy test2 == test1",
                "test2 -x                           ¦ Groovy test2 -x",
                "test2 / 2                          ¦ Groovy test2 / 2",
                "test2 as String                    ¦ Groovy test2 as String",
                "test2 { it }                       ¦ Groovy test2 { it }",
                "x = 1 + 2                          ¦ Groovy x = 1 + 2",
                "out = exec test2, 'uname -r'       ¦ Groovy out = exec test2, 'uname -r'",
                "5 | 2                              ¦ Groovy 5 | 2",
                "x > 2                              ¦ Groovy x > 2",
                "test3 uptime                       ¦ Groovy test3 uptime",
                "exce test2 ls                      ¦ Groovy exce test2 ls",
                "runs                               ¦ Groovy runs",
                "def status = 3                     ¦ Groovy def status = 3",
                ":run                               ¦ Forced run",
                ":exec = 5                          ¦ Forced exec = 5",
                ":nothing x                         ¦ Forced nothing x",
                "=run                               ¦ Groovy run",
                "= 1+2                              ¦ Groovy 1+2",
                "!ls | wc                           ¦ Host ls | wc",
                "! cd x                             ¦ Host cd x",
            })
    void firstWordDecides(String line, String expected) {
        assertThat(describe(router.route(line == null ? "" : line, machines))).isEqualTo(expected);
    }

    @Test
    void groovyOfSeveralLinesStaysAsItIs() {
        assertThat(router.route("[1, 2].each {\n  println it\n}", machines))
                .isEqualTo(new Line.Groovy("[1, 2].each {\n  println it\n}"));
    }

    private static String describe(Line line) {
        if (line instanceof Line.Command command) {
            return ("Command " + command.word() + " " + command.rest()).strip();
        }
        if (line instanceof Line.Forced forced) {
            return ("Forced " + forced.word() + " " + forced.rest()).strip();
        }
        if (line instanceof Line.MachineFirst first) {
            return "MachineFirst " + first.machine() + " " + first.tail();
        }
        if (line instanceof Line.Host host) {
            return "Host " + host.command();
        }
        return line instanceof Line.Groovy groovy ? "Groovy " + groovy.text() : "Blank";
    }
}
