package org.nixlab.shell;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.nixlab.command.verb.Verb;
import org.nixlab.lab.system.GuestSystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InvocationTest {
    @Test
    void linesAndFileMayStandInAnyOrder() {
        var invocation = parse("-e", "run", "seed.nix", "-e", "exec web 'uname -r'", "--no-out-link");

        assertThat(invocation.kind()).isEqualTo(Invocation.Kind.LINES);
        assertThat(invocation.lines()).containsExactly("run", "exec web 'uname -r'");
        assertThat(invocation.network()).contains("seed.nix");
        assertThat(invocation.choice().outLink()).isFalse();
    }

    @Test
    void allBehindAVerbIsTheVerbs() {
        var invocation = parse("--lab=two", "--guest", "debian", "exec", "-e", "A=b", "web", "--", "ls", "--lab");

        assertThat(invocation.verb()).contains(Verb.EXEC);
        assertThat(invocation.words()).containsExactly("-e", "A=b", "web", "--", "ls", "--lab");
        assertThat(invocation.choice().labName()).contains("two");
        assertThat(invocation.choice().guestSystem()).isEqualTo(GuestSystem.DEBIAN);
    }

    @Test
    void helpBeforeAVerbIsTheVerbsHelp() {
        assertThat(parse("--help", "run", "web").words()).containsExactly("--help");
    }

    @Test
    void nothingIsTheShell() {
        assertThat(parse().kind()).isEqualTo(Invocation.Kind.SHELL);
        assertThat(parse("seed.nix").kind()).isEqualTo(Invocation.Kind.SHELL);
        assertThat(parse("--help").kind()).isEqualTo(Invocation.Kind.HELP);
    }

    @Test
    void mistakesAreExplained() {
        assertThatThrownBy(() -> parse("--mirorr", "x"))
                .hasMessage("unknown option '--mirorr'")
                .extracting("hint")
                .isEqualTo("did you mean '--mirror'?");
        assertThatThrownBy(() -> parse("exce", "web")).hasMessage("unknown command 'exce'");
        assertThatThrownBy(() -> parse("-e", "status", "stop"))
                .hasMessage("'stop' cannot follow -e")
                .extracting("hint")
                .isEqualTo("-e 'stop' runs it after the line before; a file of that name is ./stop");
        assertThatThrownBy(() -> parse("-e")).hasMessage("option -e needs a value");
        assertThatThrownBy(() -> parse("--guest", "bsd")).hasMessage("there is no guest system 'bsd'");
        assertThatThrownBy(() -> parse("a.nix", "b.nix"))
                .hasMessage("two network files were given: 'a.nix' and 'b.nix'");
    }

    private static Invocation parse(String... arguments) {
        return Invocation.parse(List.of(arguments));
    }
}
