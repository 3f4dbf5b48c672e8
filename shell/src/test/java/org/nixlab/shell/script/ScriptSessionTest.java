package org.nixlab.shell.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nixlab.base.CancelledException;
import org.nixlab.base.ExitCode;
import org.nixlab.command.Context;
import org.nixlab.command.FakeFrontend;
import org.nixlab.command.FakeLabs;
import org.nixlab.command.FakeVm;
import org.nixlab.command.Session;
import org.nixlab.command.display.TestDisplay;
import org.nixlab.command.verb.Verb;
import org.nixlab.command.verb.Verbs;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class ScriptSessionTest {
    @TempDir
    Path directory;

    private final FakeLabs labs = new FakeLabs(SampleNetworks.of("db", "web-1", "web2"));
    private final TestDisplay display = new TestDisplay();
    private ScriptSession session;

    @BeforeEach
    void startTheLab() throws IOException {
        Files.writeString(directory.resolve("seed.nix"), "{ }");
        var context =
                new Context(new Session(labs, directory, Session.Choice.DEFAULT), new FakeFrontend(), display.plain());
        Verbs.run(Verb.LOAD, List.of("seed.nix"), context);
        Verbs.run(Verb.RUN, List.of(), context);
        session = new ScriptSession(context);
        vm("web2").answer("uname -r", 0, "6.1\n", "").answer("false", 1, "", "no\n");
    }

    @Test
    void whatLinesDeclareStays() {
        evaluate("def x = 5");
        evaluate("int y");
        evaluate("def (a, b) = [1, 2]");
        evaluate("def square(n) { n * n }");
        evaluate("def cube(n) { square(n) * n }");
        evaluate("import java.time.Duration");
        evaluate("import static java.lang.Math.max as larger");
        evaluate("class Pair { int left, right }");

        assertThat(evaluate("y = x + a + b")).isEqualTo(8);
        assertThat(evaluate("cube(y)")).isEqualTo(512);
        assertThat(evaluate("Duration.ofSeconds(y).toMillis()")).isEqualTo(8000L);
        assertThat(evaluate("larger(2, 3)")).isEqualTo(3);
        assertThat(evaluate("new Pair(left: 1, right: 2).right")).isEqualTo(2);
        assertThat(evaluate("[1, 2].collect { square(it) }")).isEqualTo(List.of(1, 4));
    }

    @Test
    void whatGroovysParserFailsOverIsASyntaxError() {
        assertThatThrownBy(() -> evaluate("copy .. - -1s"))
                .isInstanceOf(UnresolvedException.class)
                .hasMessageStartingWith("syntax error: ");
    }

    @Test
    void importOfAWrongLineIsForgotten() {
        assertThatThrownBy(() -> evaluate("import no.such.Thing")).hasMessageStartingWith("syntax error: ");
        evaluate("import java.util.concurrent.*");

        assertThat(evaluate("TimeUnit.SECONDS.name()")).isEqualTo("SECONDS");
    }

    @Test
    void machinesAreVariables() {
        assertThat(evaluate("web_1.name")).isEqualTo("web-1");
        assertThat(evaluate("lab['web-1'] == web_1")).isEqualTo(true);
        assertThat(evaluate("machines*.name")).isEqualTo(List.of("db", "web-1", "web2"));
        assertThat(evaluate("all.collect { it.name }.join(' ')")).isEqualTo("db web-1 web2");
        assertThat(evaluate("db.address")).isEqualTo("192.168.1.1");
    }

    @Test
    void machinesRunCommands() {
        assertThat(evaluate("web2.succeed('uname -r', \"uname ${'-r'}\")")).isEqualTo("6.1\n6.1\n");
        assertThat(evaluate("web2.execute('false').exitCode")).isEqualTo(1);
        assertThat(evaluate("web2.execute('false') ? 'yes' : 'no'")).isEqualTo("no");
        assertThat(evaluate("web2.fail('false')")).isEqualTo("");
        assertThat(evaluate("web2.waitUntilSucceeds('uname -r').trim()")).isEqualTo("6.1");
        assertThat(evaluate(
                        "web2.execute('cat', stdin: 'text', user: 'alice', dir: '/tmp', env: [A: 1], timeout: 5).out"))
                .isEqualTo("text");
        var request = vm("web2").requests.get(vm("web2").requests.size() - 1);
        assertThat(request.user()).contains("alice");
        assertThat(request.environment()).containsEntry("A", "1");
    }

    @Test
    void waitsHaveBothSpellings() {
        evaluate("web2.waitForUnit('httpd')");
        evaluate("web2.wait_for_unit('sshd', timeout: '5s')");
        evaluate("web2.wait_for_open_port 80");
        evaluate("all.waitForUnit 'cron'");

        assertThat(vm("web2").events)
                .containsExactly("waitForUnit httpd", "waitForUnit sshd", "waitForOpenPort 80", "waitForUnit cron");
        assertThat(vm("db").events).containsExactly("waitForUnit cron");
    }

    @Test
    void verbsAreMethods() {
        assertThat(evaluate("out = exec web2, 'uname -r'\nout.out")).isEqualTo("6.1\n");
        assertThat(evaluate("exec('db,web2', 'uname -r', timeout: 5)*.exitCode"))
                .isEqualTo(List.of(127, 0));
        assertThat(evaluate("exec(all, 'uname -r').size()")).isEqualTo(3);
        assertThat(evaluate("status('web2')[0].name")).isEqualTo("web2");
        evaluate("stop 'web2'");
        assertThat(vm("web2").phase().word()).isEqualTo("stopped");
        evaluate("run()");
        assertThat(vm("web2").phase().word()).isEqualTo("ready");
        evaluate("web2.stop(); [1].each { run 'web2', useBackdoor: true }");
        assertThat(vm("web2").phase().word()).isEqualTo("ready");
        assertThat(evaluate("help('exec')").toString()).startsWith("Usage: exec");
    }

    @Test
    void printingSurvivesAVariableOfThatName() {
        evaluate("out = 1; println 'a'; [2].each { println it }; printf('%d%n', 3)");

        assertThat(display.out()).isEqualTo("a\n2\n3\n");
    }

    @Test
    void failedCommandNamesMachineAndCode() {
        assertThatThrownBy(() -> evaluate("x = 1\nweb2.succeed('false')"))
                .hasMessage("web2: 'false' exited with 1: no")
                .extracting("exitCode", "place")
                .containsExactly(ExitCode.CHECK_FAILED, "line 2: web2.succeed('false')");
        assertThatThrownBy(() -> evaluate("web2.fail('uname -r')"))
                .hasMessage("web2: 'uname -r' succeeded, but should have failed: 6.1");
    }

    @Test
    void failureInAnEarlierMethodNamesItsLine() {
        evaluate("def proof() {\n  web2.succeed 'false'\n}");

        assertThatThrownBy(() -> evaluate("proof()")).extracting("place").isEqualTo("line 2: web2.succeed 'false'");
    }

    @Test
    void methodsOfLinesCannotHideTheLanguageOfScenarios() {
        assertThatThrownBy(() -> evaluate("def check() { 1 }"))
                .hasMessage("'check' is a word of scenarios")
                .extracting("exitCode")
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void assertionShowsTheBeginningOfLargeValues() {
        assertThatThrownBy(() -> evaluate("assert ('x' * 100000).isEmpty()"))
                .extracting(Throwable::getMessage)
                .asString()
                .startsWith("assertion failed:\nassert ('x' * 100000).isEmpty()")
                .contains("characters)")
                .hasSizeLessThan(3000);
    }

    @Test
    void assertionShowsItsValues() {
        evaluate("x = 3");

        assertThatThrownBy(() -> evaluate("assert x == 4"))
                .hasMessageStartingWith("assertion failed:\nassert x == 4\n       | |\n       3 false")
                .extracting("exitCode")
                .isEqualTo(ExitCode.CHECK_FAILED);
    }

    @Test
    void unknownNamesGetNearOnes() {
        assertThatThrownBy(() -> evaluate("web3.succeed('x')"))
                .isInstanceOf(UnresolvedException.class)
                .hasMessage("unknown name 'web3'")
                .extracting("hint")
                .isEqualTo("did you mean 'web2'?");
        assertThatThrownBy(() -> evaluate("web2.wait_for_unti('x')"))
                .hasMessage("a machine has no method 'wait_for_unti'")
                .extracting("hint")
                .isEqualTo("did you mean 'waitForUnit'?");
        assertThatThrownBy(() -> evaluate("web2.succeed('x', timout: 3)"))
                .hasMessage("'succeed' has no option 'timout:'");
        assertThatThrownBy(() -> evaluate("x = (1 +")).hasMessageStartingWith("syntax error: ");
        assertThatThrownBy(() -> evaluate("web2.waitForUnit()")).hasMessage("'waitForUnit' needs 'unit'");
    }

    @Test
    void failuresOfTheScriptAreNoBugs() {
        assertThatThrownBy(() -> evaluate("null.size()")).extracting("exitCode").isEqualTo(ExitCode.CHECK_FAILED);
        assertThatThrownBy(() -> evaluate("throw new IOException('gone')")).hasMessage("IOException: gone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true) {}",
                "(1..1_000_000_000_000L).each { }",
                "sleep 100_000",
                "web2.execute('sleep infinity')",
                "all.execute('sleep infinity')",
                "web2.waitUntilFails('uname -r')",
            })
    void interruptEndsIt(String text) throws InterruptedException {
        var thrown = new CompletableFuture<Throwable>();
        var thread = new Thread(() -> {
            try {
                evaluate(text);
                thrown.complete(null);
            } catch (Throwable e) {
                thrown.complete(e);
            }
        });
        thread.start();
        while (thread.getState() == Thread.State.NEW) {
            Thread.onSpinWait();
        }

        thread.interrupt();

        assertThat(thrown.join()).isInstanceOf(CancelledException.class);
    }

    @Test
    void completionSeesVariablesAndMembers() {
        evaluate("mine = 1");

        assertThat(session.variables()).contains("mine", "web_1", "lab", "all");
        assertThat(session.members("web2"))
                .contains("succeed(", "waitForUnit(", "name")
                .doesNotContain("methodMissing(");
        assertThat(session.knows("mine")).isTrue();
        assertThat(session.knows("exce")).isFalse();
    }

    private FakeVm vm(String name) {
        return labs.last().machine(name);
    }

    private Object evaluate(String text) {
        return session.evaluate(text);
    }
}
