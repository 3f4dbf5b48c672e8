package org.nixlab.shell.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.ExitCode;
import org.nixlab.command.Context;
import org.nixlab.command.FakeFrontend;
import org.nixlab.command.FakeLabs;
import org.nixlab.command.Frontend.End;
import org.nixlab.command.Frontend.Scenario;
import org.nixlab.command.Session;
import org.nixlab.command.display.TestDisplay;
import org.nixlab.model.SampleNetworks;
import org.nixlab.shell.scenario.Asking;
import org.nixlab.shell.scenario.ScenarioRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class ScenarioLanguageTest {
    @TempDir
    Path directory;

    private final FakeLabs labs = new FakeLabs(SampleNetworks.of("db", "web-1", "web2"));
    private final TestDisplay display = new TestDisplay();
    private Map<String, String> settings = Map.of();
    private boolean checkOnly;
    private boolean stops;

    @BeforeEach
    void writeTheNetwork() throws IOException {
        Files.writeString(directory.resolve("seed.nix"), "{ }");
    }

    @Test
    void stepsAreNestedAndEachFailureIsTold() {
        assertThatThrownBy(() -> run("""
                        run(); step('outer') {
                            subtest('inner') { assert 1 + 1 == 3 }
                            step('second') { web2.succeed 'nothing' }
                        }
                        step('last') { println 'here' }
                        """)).hasMessage("3 steps failed: 'inner', 'second', 'outer'");

        assertThat(shown()).isEqualTo("""
                  ✗ inner (0.1 s)
                    assertion failed:
                    assert 1 + 1 == 3
                             |   |
                             2   false
                      s.groovy:2: subtest('inner') { assert 1 + 1 == 3 }
                  ✗ second (0.1 s)
                    web2: 'nothing' exited with 127: nothing: command not found
                      s.groovy:3: step('second') { web2.succeed 'nothing' }
                ✗ outer (0.1 s)
                here
                ✓ last (0.1 s)
                s.groovy: failed, 1 of 4 steps, 0.1 s
                """);
    }

    @Test
    void checksGoOnAndRequiredStepsDoNot() {
        assertThatThrownBy(() -> run("""
                        step('soft') {
                            check { 1 == 2 }
                            check { assert [1].empty }
                            println 'reached'
                        }
                        step('hard', required: true) { assert false }
                        println 'never'
                        """)).hasMessage("2 steps failed: 'soft', 'hard'");

        assertThat(shown())
                .contains("  ✗ the check did not hold\n    s.groovy:2: check { 1 == 2 }\n")
                .contains("reached\n✗ soft")
                .doesNotContain("never");
    }

    @Test
    void whatIsNullIsNoCommand() {
        assertThatThrownBy(() -> run("run(); web2.succeed null as String"))
                .hasMessage("'[null]' is no 'commands' of succeed")
                .extracting("exitCode", "place")
                .containsExactly(ExitCode.USAGE, "s.groovy:1: run(); web2.succeed null as String");
    }

    @Test
    void parametersHaveDefaultsAndTypes() {
        settings = Map.of("workers", "3", "fast", "true", "limit", "2m");

        run("""
                parameters workers: 2, name: 'web', fast: false, limit: 30.seconds
                println "${workers + 1} $name $fast ${limit.toSeconds()}"
                """);

        assertThat(shown()).startsWith("4 web true 120\n");
    }

    @Test
    void wrongSettingsStartNothing() {
        settings = Map.of("workers", "many");
        assertThatThrownBy(() -> run("parameters workers: 2\nrun()"))
                .hasMessage("'many' is no value of the parameter 'workers'")
                .extracting("exitCode", "hint")
                .containsExactly(ExitCode.USAGE, "it is a whole number");
        settings = Map.of("worker", "3");
        assertThatThrownBy(() -> run("parameters workers: 2\nrun()"))
                .hasMessage("s.groovy has no parameter 'worker'")
                .extracting("exitCode", "hint")
                .containsExactly(ExitCode.USAGE, "did you mean 'workers'?");
    }

    @Test
    void namesThatMeanNothingAreFoundBeforeAnythingRuns() {
        assertThatThrownBy(() -> run("""
                        network 'seed.nix'
                        println 'started'
                        def f = { it + 1 }
                        step('one') {
                            web3.succeed 'id'
                            web2.succed 'id'
                            [1].each { x -> println(f(x) + y) }
                        }
                        stpe('two') { }
                        db.with { anything = name }
                        """))
                .isInstanceOf(UnresolvedException.class)
                .hasMessage("""
                        unknown name 'web3'; did you mean 'web2'?
                          s.groovy:5: web3.succeed 'id'
                        a machine has no method 'succed'; did you mean 'succeed'?
                          s.groovy:6: web2.succed 'id'
                        unknown name 'y'
                          s.groovy:7: [1].each { x -> println(f(x) + y) }
                        unknown name 'stpe'; did you mean 'step'?
                          s.groovy:9: stpe('two') { }""")
                .extracting("exitCode")
                .isEqualTo(ExitCode.USAGE);
        assertThat(shown()).isEmpty();
    }

    @Test
    void whatIsMissingAtTheEndIsMissedThere() {
        assertThatThrownBy(() -> run("println 1\nstep('one') {\n"))
                .isInstanceOf(UnresolvedException.class)
                .hasMessageStartingWith("syntax error: ")
                .extracting("place")
                .isEqualTo("s.groovy:2: step('one') {");
    }

    @Test
    void checkingStartsNothing() {
        checkOnly = true;

        run("network 'seed.nix'\nprintln 'started'\nweb_1.wait_for_unit 'httpd'\nall.succeed 'id'");

        assertThat(shown()).isEqualTo("s.groovy: no mistakes found\n");
    }

    @Test
    void whatIsAwaitedMayFailUntilItDoesNot() {
        run("""
                run(); def tries = 0
                def value = await(within: 20.seconds) { tries++; assert tries > 2; tries }
                println "awaited $value"
                println retry(times: 3, pause: 0.01) { if (tries++ < 4) web2.succeed('nothing'); tries }
                """);

        assertThat(shown()).startsWith("awaited 3\n5\n");
    }

    @Test
    void whatNeverComesSaysWhatWasSeen() {
        assertThatThrownBy(() -> run("run(); await(within: 0.1, what: 'the page') { web2.succeed 'nothing' }"))
                .hasMessageStartingWith("timed out waiting for the page: web2: 'nothing' exited with 127")
                .extracting("exitCode", "place")
                .containsExactly(
                        ExitCode.TIMEOUT,
                        "s.groovy:1: run(); await(within: 0.1, what: 'the page') { web2.succeed 'nothing' }");
    }

    @Test
    void aTypoIsNotAwaited() {
        assertThatThrownBy(() -> run("await(within: '1h') { 'x'.lenght() }"))
                .isInstanceOf(UnresolvedException.class)
                .hasMessageContaining("lenght");
    }

    @Test
    void branchesGiveTheirValuesInOrder() {
        run(
                "println parallel({ 1 }, { 2 })\nprintln parallel((3..5).collect { i -> { -> i } })\nparallel { step('a') { }; step('b') { } }");

        assertThat(shown()).startsWith("[1, 2]\n[3, 4, 5]\n").contains("✓ a", "✓ b");
    }

    @Test
    void cleanupsComeAtTheEndTheLastFirst() {
        assertThatThrownBy(() -> run("""
                        cleanup { println 'first' }
                        cleanup { println 'last' }
                        assert false
                        """)).hasMessageStartingWith("assertion failed");

        assertThat(shown()).startsWith("last\nfirst\n");
    }

    @Test
    void watchesEndTheScenarioWhenTheyBreak() {
        assertThatThrownBy(() -> run("""
                        run(); up = true
                        always('it stays up', every: 0.02) { up }
                        step('work') { db.execute 'id'; up = false; sleep 600000 }
                        """))
                .hasMessageMatching("'it stays up' no longer holds, .*, after db.execute 'id': it was false");
    }

    @Test
    void aLoopThatNeverEndsEndsAtTheLimitOfItsStep() {
        assertThatThrownBy(() -> run("step('loop', timeout: 0.1) { while (true) { } }\nstep('next') { }"))
                .hasMessage("step 'loop' failed")
                .extracting("exitCode")
                .isEqualTo(ExitCode.TIMEOUT);

        assertThat(shown()).contains("step 'loop' did not end within 0.1 s").contains("✓ next");
    }

    @Test
    void whereItFailsThePromptFindsItsVariables() {
        stops = true;

        assertThatThrownBy(() -> run("""
                        import java.util.concurrent.TimeUnit
                        def found = 41
                        step('one') { found++; assert false }
                        step('two') { }
                        """, "found + 1", "TimeUnit.SECONDS.name()"))
                .hasMessageContaining("step 'one' failed");

        assertThat(display.out()).contains("prompt: 43", "prompt: SECONDS").doesNotContain("✓ two");
    }

    private void run(String text, String... typed) {
        var file = directory.resolve("s.groovy");
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        var context =
                new Context(new Session(labs, directory, Session.Choice.DEFAULT), new FakeFrontend(), display.plain());
        var network = text.contains("network") ? Optional.<Path>empty() : Optional.of(directory.resolve("seed.nix"));
        var user = new Asking() {
            @Override
            public void lines(Context around, ScriptSession session) {
                List.of(typed).forEach(line -> display.plain().result("prompt: " + session.evaluate(line)));
            }

            @Override
            public Optional<String> line(String prompt) {
                throw new IllegalStateException("nobody asks for a line of another language");
            }
        };
        var runner = new ScenarioRunner(context, user);
        runner.run(new Scenario(
                "s.groovy",
                file,
                List.of(),
                network,
                settings,
                new End(true, false),
                Optional.of(Duration.ofSeconds(50)),
                checkOnly,
                stops,
                false));
    }

    private String shown() {
        return display.out().replaceAll("\\d+\\.\\d s", "0.1 s");
    }
}
