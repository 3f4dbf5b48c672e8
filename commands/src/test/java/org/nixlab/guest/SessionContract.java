package org.nixlab.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.Test;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.Result;
import org.nixlab.talk.ShellSession;
import org.nixlab.talk.TerminalSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What shells that stay and terminals must be like, on every kind of guest. */
abstract class SessionContract {
    private static final String PROMPT = "[ready] ";
    static final Duration LONG = Duration.ofSeconds(120);

    /** What no other test's program has, of whatever run: a guest may be the host, which shows them all. */
    final int unique = ThreadLocalRandom.current().nextInt(100_000_000, 1_000_000_000);

    /** The shell of the guest under test. */
    protected abstract GuestShell shell();

    protected final Result run(String command) {
        return shell().run(ExecRequest.of(command), Deadline.in(LONG));
    }

    @Test
    void aKeptShellRemembersWhatACommandDid() {
        try (var kept = shell().keep(ExecRequest.of("").inDirectory("/tmp"), Deadline.in(LONG))) {
            assertThat(keep(kept, "pwd; x=1; f() { echo f$x; }; set -u; false")).isEqualTo("1: /tmp\n");
            assertThat(keep(kept, "cd /; x=2; f; echo 'an error' >&2")).isEqualTo("0: f2\nan error\n");
            assertThat(keep(kept, "pwd; cat; printf 'no\\0newline'")).isEqualTo("0: /\nno\0newline");
            assertThat(keep(kept, "if")).startsWith("2: ");
            assertThat(keep(kept, "\ncd /nosuch")).startsWith("1: bash: line 2: cd: ");
            assertThat(keep(kept, "for i in {1..20000}; do echo line $i; done | tail -n1; exec 2>&1; echo both >&2"))
                    .isEqualTo("0: line 20000\nboth\n");
            assertThat(run("echo ${x-nothing}").getOut()).isEqualTo("nothing\n");

            assertThatThrownBy(() -> keep(kept, "echo last; exit 7"))
                    .isInstanceOf(LabException.class)
                    .hasMessage("the command ended the shell, with exit code 7");
            assertThatThrownBy(() -> keep(kept, "true")).hasMessage("the shell has ended");
        }
    }

    @Test
    void aKeptShellEndsWithACommandThatTakesTooLong() {
        try (var kept = shell().keep(ExecRequest.of(""), Deadline.in(LONG))) {
            var deadline = Deadline.in(Duration.ofMillis(700));
            assertThatThrownBy(() -> kept.execute("sleep " + unique, deadline)).isInstanceOf(DeadlineException.class);
            assertThatThrownBy(() -> keep(kept, "true")).hasMessage("the shell has ended");
        }
        assertThat(run("for i in {1..100}; do pgrep -f '^sleep " + unique + "' || exit 0; sleep .1; done; exit 1")
                        .exitCode())
                .isZero();
    }

    private static String keep(ShellSession kept, String command) {
        var result = kept.execute(command, Deadline.in(LONG));
        return result.exitCode() + ": " + result.getOut() + result.getErr();
    }

    @Test
    void aTerminalHasASizeAndJobControl() throws IOException {
        try (var terminal = shell().openTerminal(Optional.empty(), "xterm-256color", 100, 30, Deadline.in(LONG))) {
            // A shell that has not prompted may throw away what is typed, so each line waits for the prompt. Echoed, it
            // looks different.
            type(terminal, "PS1='[rea''dy] '; stty size; echo $TERM; tty\n");
            var seen = new StringBuilder();
            assertThat(readUntil(terminal, PROMPT, seen)).contains("30 100", "xterm-256color", "/dev/pts/");

            terminal.resize(120, 40);
            type(terminal, "stty size\n");
            readUntil(terminal, "40 120", seen);
            readUntil(terminal, PROMPT, seen);

            type(terminal, "sleep " + unique + " & jobs; fg\n");
            run("until ps -o stat= -p \"$(pgrep -f '^sleep " + unique + "')\" | grep -q +; do sleep 0.05; done");
            type(terminal, "\003");
            // Without "^C" if the shell takes the terminal back before the kernel has shown it.
            readUntil(terminal, PROMPT, seen);
            type(terminal, "echo $((40+2)) >&0\n");
            readUntil(terminal, "42", seen);
            readUntil(terminal, PROMPT, seen);
            type(terminal, "exit\n");
            while (terminal.read(Deadline.in(LONG)).isPresent()) {
                // It ends.
            }
        }
    }

    private static void type(TerminalSession terminal, String text) throws IOException {
        terminal.keyboard().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes from what was seen, and reads on if it must, up to what is wanted. */
    private static String readUntil(TerminalSession terminal, String wanted, StringBuilder seen) {
        while (seen.indexOf(wanted) < 0) {
            try {
                seen.append(new String(terminal.read(Deadline.in(LONG)).orElseThrow(), StandardCharsets.UTF_8));
            } catch (LabException e) {
                throw new AssertionError("waiting for " + wanted + ", seen: " + seen, e);
            }
        }
        int end = seen.indexOf(wanted) + wanted.length();
        var taken = seen.substring(0, end);
        seen.delete(0, end);
        return taken;
    }
}
