package org.nixlab.shell.line;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nixlab.command.verb.Verb;
import org.nixlab.command.verb.Verbs;
import picocli.CommandLine.Model.OptionSpec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LinePartsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '\0',
            value = {
                "test2 systemctl status httpd      ¦ systemctl status httpd",
                "test2 'systemctl status httpd'    ¦ systemctl status httpd",
                "test2 \"echo $HOME\"              ¦ echo $HOME",
                "test2 \"echo \\\"a\\\"\"          ¦ echo \\\"a\\\"",
                "test2 ls | wc -l > /tmp/x         ¦ ls | wc -l > /tmp/x",
                "test2 echo 'a' 'b'                ¦ echo 'a' 'b'",
                "test2 'a' 'b'                     ¦ 'a' 'b'",
                "test2 'it'\\''s'                  ¦ 'it'\\''s'",
                "test2 echo   two  blanks          ¦ echo   two  blanks",
                "test2 -- uname -r                 ¦ uname -r",
                "test2 for i in *; do echo $i; done ¦ for i in *; do echo $i; done",
                "-u alice -d '/my dir' test2 id    ¦ id",
                "--timeout=5s -e A='x y' test2 id -u ¦ id -u",
                "-d /my\\ dir -e A=it\\'s test2 id   ¦ id",
            })
    void tailGoesToTheGuestAsItIs(String line, String command) {
        var words = words(line);

        assertThat(words.get(words.size() - 1)).isEqualTo(command);
        assertThat(words.get(words.size() - 2)).isEqualTo("test2");
    }

    @Test
    void optionsStandBeforeTheMachine() {
        assertThat(words("-u alice -d '/my dir' -e A='x y' --timeout=5s web* ls -l"))
                .containsExactly("-u", "alice", "-d", "/my dir", "-e", "A=x y", "--timeout=5s", "web*", "ls -l");
        assertThat(words("-h")).containsExactly("-h");
        assertThat(words("web")).containsExactly("web");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            value = {
                "-x 1 web ls | wc                ¦ 1     ¦ ",
                "-x1 web ls | wc                 ¦ 1     ¦ ",
                "-x=1 web ls | wc                ¦ 1     ¦ ",
                "--extra '1 2' web ls | wc       ¦ 1 2   ¦ ",
                "--extra=1 web ls | wc           ¦ 1     ¦ ",
                "-qx 1 web ls | wc               ¦ 1     ¦ ",
                "-qx1 web ls | wc                ¦ 1     ¦ ",
                "--quiet web ls | wc             ¦       ¦ ",
                "--pair 1 2 -u bob web ls | wc   ¦       ¦ [1, 2]",
                "--pair=1 2 web ls | wc          ¦       ¦ [1, 2]",
                "-u bob --maybe -x 1 web ls | wc ¦ 1     ¦ ",
                "--maybe=7 -x 1 web ls | wc      ¦ 1     ¦ ",
                "--maybe 7 web ls | wc           ¦       ¦ ",
                "-x 1 -- web ls | wc             ¦ 1     ¦ ",
            })
    void anOptionIsReadAsTheVerbDeclaresIt(String line, String extra, String pair) {
        var model = Verbs.model(Verb.EXEC);
        model.getCommandSpec()
                .addOption(OptionSpec.builder("-q", "--quiet").build())
                .addOption(
                        OptionSpec.builder("-x", "--extra").type(String.class).build())
                .addOption(
                        OptionSpec.builder("--pair").type(List.class).arity("2").build())
                .addOption(OptionSpec.builder("--maybe")
                        .type(String.class)
                        .arity("0..1")
                        .build());

        var parsed = model.parseArgs(VerbLine.ofExec(model, line).words().toArray(String[]::new));

        assertThat(parsed.<String>matchedPositionalValue(0, "")).isEqualTo("web");
        assertThat(parsed.<List<String>>matchedPositionalValue(1, List.of())).containsExactly("ls | wc");
        assertThat(parsed.<String>matchedOptionValue("-x", null)).isEqualTo(extra);
        assertThat(parsed.<Object>matchedOptionValue("--pair", null))
                .isEqualTo(pair == null ? null : List.of("1", "2"));
    }

    @Test
    void hostGoesOnBehindItsOwnPipe() {
        assertThat(guestParts("journalctl -b | head |> grep 'a |> b'"))
                .isEqualTo(new Parts("journalctl -b | head", Optional.of("grep 'a |> b'")));
        assertThat(guestParts("echo 'a |> b'")).isEqualTo(new Parts("echo 'a |> b'", Optional.empty()));
        assertThat(VerbLine.of(Verb.EXEC, "-u 'a |> b' web |> grep c"))
                .extracting(VerbLine::words, VerbLine::host)
                .containsExactly(List.of("-u", "a |> b", "web"), Optional.of("grep c"));
    }

    @Test
    void commentsEndCommandLines() {
        assertThat(commandParts("# look | at > this")).isEqualTo(new Parts("", Optional.empty()));
        assertThat(commandParts("web '# a' \\# a#b # c")).isEqualTo(new Parts("web|# a|#|a#b", Optional.empty()));
        assertThat(commandParts("| grep '#' # c")).isEqualTo(new Parts("", Optional.of("grep '#' # c")));
        assertThat(words("-u alice # c")).containsExactly("-u", "alice");
        assertThat(words("web ls # c")).containsExactly("web", "ls # c");
    }

    @Test
    void commandLinesArePartedAtTheFirstPipeOrRedirection() {
        assertThat(commandParts("-o json | jq . > x")).isEqualTo(new Parts("-o|json", Optional.of("jq . > x")));
        assertThat(commandParts("> x")).isEqualTo(new Parts("", Optional.of("> x")));
        assertThat(commandParts(">> x")).isEqualTo(new Parts("", Optional.of(">> x")));
        assertThat(commandParts("'a|b' \"c>d\" e\\|f")).isEqualTo(new Parts("a|b|c>d|e|f", Optional.empty()));
    }

    @Test
    void wordsAreQuotedAsInAShell() {
        assertThat(split("a 'b c' \"d 'e'\" f\\ g '' h'i'j")).isEqualTo(List.of("a", "b c", "d 'e'", "f g", "", "hij"));
        assertThat(split("~/x a~/b '~/c'")).isEqualTo(List.of(System.getProperty("user.home") + "/x", "a~/b", "~/c"));
        assertThat(split("  ")).isEmpty();
        assertThatThrownBy(() -> split("a 'b")).hasMessage("a quote ' is not closed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1,2].each {",
                "def f(x) {\n  x",
                "foo(1,",
                "x = '''a\nb",
                "x = \"\"\"a",
                "m = [a: 1,\n",
                "x = 1 \\",
                "if (a) { // }",
            })
    void openBracketsAndLongQuotesNeedAnotherLine(String text) {
        assertThat(GroovyCompleteness.isIncomplete(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = 1",
                "x = '('",
                "x = \"{\" + ')'",
                "x ==~ /a(b/",
                "x = 4 / 2 // (",
                "/* { */ 1",
                "x = '''(\n'''",
                "x = 'not closed (",
                "'http://x/'",
                "f { it }",
                ")",
            })
    void everythingElseIsWhole(String text) {
        assertThat(GroovyCompleteness.isIncomplete(text)).isFalse();
    }

    private static List<String> words(String line) {
        return VerbLine.of(Verb.EXEC, line).words();
    }

    private static List<String> split(String line) {
        return VerbLine.of(Verb.STATUS, line).words();
    }

    private static Parts guestParts(String tail) {
        var line = VerbLine.ofMachine("web", tail);
        return new Parts(line.words().get(1), line.host());
    }

    private static Parts commandParts(String text) {
        var line = VerbLine.of(Verb.STATUS, text);
        return new Parts(String.join("|", line.words()), line.host());
    }

    /** What is nixlab's, and what is the host's. */
    private record Parts(String own, Optional<String> host) {}
}
