package org.nixlab.shell;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
            })
    void tailGoesToTheGuestAsItIs(String line, String command) {
        var tail = ExecTail.parse(line);

        assertThat(tail.command()).isEqualTo(command);
        assertThat(tail.selector()).isEqualTo("test2");
    }

    @Test
    void optionsStandBeforeTheMachine() {
        assertThat(ExecTail.parse("-u alice -d '/my dir' -e A='x y' --timeout=5s web* ls -l")
                        .words())
                .containsExactly("-u", "alice", "-d", "/my dir", "-e", "A=x y", "--timeout=5s", "web*", "ls -l");
        assertThat(ExecTail.parse("-h").words()).containsExactly("-h");
        assertThat(ExecTail.parse("web").words()).containsExactly("web");
    }

    @Test
    void hostGoesOnBehindItsOwnPipe() {
        assertThat(HostTail.ofGuest("journalctl -b | head |> grep 'a |> b'"))
                .isEqualTo(new HostTail("journalctl -b | head", Optional.of("grep 'a |> b'")));
        assertThat(HostTail.ofGuest("echo 'a |> b'")).isEqualTo(new HostTail("echo 'a |> b'", Optional.empty()));
    }

    @Test
    void commentsEndCommandLines() {
        assertThat(HostTail.ofCommand("# look | at > this")).isEqualTo(new HostTail("", Optional.empty()));
        assertThat(HostTail.ofCommand("web '# a' \\# a#b # c"))
                .isEqualTo(new HostTail("web '# a' \\# a#b", Optional.empty()));
        assertThat(HostTail.ofCommand("| grep '#' # c")).isEqualTo(new HostTail("", Optional.of("grep '#' # c")));
        assertThat(ExecTail.parse("-u alice # c").words()).containsExactly("-u", "alice");
        assertThat(ExecTail.parse("web ls # c").words()).containsExactly("web", "ls # c");
    }

    @Test
    void commandLinesArePartedAtTheFirstPipeOrRedirection() {
        assertThat(HostTail.ofCommand("-o json | jq . > x"))
                .isEqualTo(new HostTail("-o json", Optional.of("jq . > x")));
        assertThat(HostTail.ofCommand("> x")).isEqualTo(new HostTail("", Optional.of("> x")));
        assertThat(HostTail.ofCommand(">> x")).isEqualTo(new HostTail("", Optional.of(">> x")));
        assertThat(HostTail.ofCommand("'a|b' \"c>d\" e\\|f"))
                .isEqualTo(new HostTail("'a|b' \"c>d\" e\\|f", Optional.empty()));
    }

    @Test
    void wordsAreQuotedAsInAShell() {
        assertThat(Words.split("a 'b c' \"d 'e'\" f\\ g '' h'i'j"))
                .isEqualTo(List.of("a", "b c", "d 'e'", "f g", "", "hij"));
        assertThat(Words.split("~/x a~/b '~/c'"))
                .isEqualTo(List.of(System.getProperty("user.home") + "/x", "a~/b", "~/c"));
        assertThat(Words.split("  ")).isEmpty();
        assertThatThrownBy(() -> Words.split("a 'b")).hasMessage("a quote ' is not closed");
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
        assertThat(GroovyText.isIncomplete(text)).isTrue();
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
        assertThat(GroovyText.isIncomplete(text)).isFalse();
    }
}
