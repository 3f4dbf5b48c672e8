package org.nixlab.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;
import org.nixlab.process.ProcessResult;

import static org.assertj.core.api.Assertions.assertThat;

/** What people do on a terminal of a real machine, and what passes through nixlab meanwhile. */
@Timeout(600)
class AttachIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String LEAVE = "\035";

    @TempDir
    static Path directory;

    @BeforeAll
    static void run() throws Exception {
        Files.writeString(directory.resolve("net.nix"), """
                {
                  m = { pkgs, ... }: {
                    environment.systemPackages = [ pkgs.vim pkgs.tmux ];
                    users.users.alice.isNormalUser = true;
                  };
                }
                """);
        nixlab(Duration.ofMinutes(10), "-e", "run", "net.nix");
    }

    @AfterAll
    static void stop() {
        Launcher.run(directory, LIMIT, "stop");
    }

    @Test
    void vimAndTopAndTmuxWork() throws Exception {
        try (var terminal = attach("attach m")) {
            terminal.await("attached to m; leave with Ctrl-]", LIMIT);
            terminal.await("~]# ", LIMIT);
            terminal.type("stty size; tput colors\r");
            terminal.await("30 100", LIMIT);
            terminal.await("256", LIMIT);
            terminal.await("~]# ", LIMIT);

            terminal.type("vim /root/edited\r");
            terminal.await("edited\" [New]", LIMIT);
            terminal.type("ihello from vim\033:wq\r");
            terminal.await("~]# ", LIMIT);
            assertThat(exec("cat /root/edited")).isEqualTo("hello from vim\n");

            terminal.type("top\r");
            terminal.await("load average", LIMIT);
            terminal.type("q");
            terminal.await("~]# ", LIMIT);

            terminal.type("tmux new -s inner\r");
            terminal.await("[inner]", LIMIT);
            terminal.type("echo in$((1+1))side\r");
            terminal.await("in2side", LIMIT);
            terminal.type("\002d");
            terminal.await("[detached (from session inner)]", LIMIT);
            terminal.await("~]# ", LIMIT);

            terminal.type("echo rea''dy; cat -v\r");
            terminal.await("ready", LIMIT);
            terminal.type(LEAVE + LEAVE + "x\r");
            terminal.await("^]x\r\n^]x", LIMIT);
            terminal.type("\003");
            terminal.await("~]# ", LIMIT);
            terminal.type(LEAVE);
            terminal.await("left m", LIMIT);
            assertThat(terminal.awaitExit(LIMIT)).isZero();
        }
        assertThat(exec("tmux kill-server; pgrep -x vim || echo none")).isEqualTo("none\n");
    }

    @Test
    void theScreenIsLeftCleanFromTheMiddleOfAnything() throws Exception {
        try (var terminal = attach("attach m")) {
            terminal.await("~]# ", LIMIT);
            terminal.type("vim\r");
            terminal.await("\033[?1049h", LIMIT);
            terminal.await("VIM - Vi IMproved", LIMIT);
            terminal.type(LEAVE);
            terminal.await("\033[?1049l", LIMIT);
            terminal.await("left m", LIMIT);
            assertThat(terminal.awaitExit(LIMIT)).isZero();
        }
        // Somebody has yet to take the exit code of one that has ended.
        nixlab(Duration.ofMinutes(5), "exec", "m", "while ps -C vim -o stat= | grep -qv ^Z; do sleep .1; done");
    }

    @Test
    void twoTerminalsAreTwoAndCommandsRunBesideThem() throws Exception {
        try (var first = attach("attach m");
                var second = attach("attach -u alice m")) {
            first.await("~]# ", LIMIT);
            second.await("[alice@m:~]$ ", LIMIT);
            first.type("tty; id -un\r");
            second.type("tty; id -un\r");
            var firsts = first.line("/dev/pts/", LIMIT);
            first.await("root\r\n", LIMIT);
            var seconds = second.line("/dev/pts/", LIMIT);
            second.await("alice\r\n", LIMIT);

            assertThat(seconds).isNotEqualTo(firsts);
            Files.writeString(
                    directory.resolve("beside.groovy"),
                    "network 'net.nix'\nm.succeed('echo scenario > %s; test -c %s')\n".formatted(firsts, seconds));
            nixlab(LIMIT, "script", "--disks", "keep", "beside.groovy");
            first.await("scenario", LIMIT);

            first.type("exit\r");
            first.await("the shell on m has ended", LIMIT);
            second.type(LEAVE);
            second.await("left m", LIMIT);
        }
    }

    @Test
    void leavingIsSilentAtThePrompt() throws Exception {
        try (var terminal = attach("net.nix")) {
            terminal.await("nixlab net 1/1> ", LIMIT);
            for (int i = 0; i < 2; i++) {
                terminal.type("attach m\r");
                terminal.await("~]# ", LIMIT);
                terminal.type(LEAVE);
                terminal.await("left m", LIMIT);
                terminal.await("nixlab net 1/1> ", LIMIT);
            }
            // As long as a machine's death is waited for when a channel breaks.
            terminal.type("exec m sleep 3\r");
            terminal.await("nixlab net 1/1> ", LIMIT);
            terminal.type("exit\r");
            terminal.awaitExit(LIMIT);
            assertThat(terminal.screen()).doesNotContain("Exception");
        }
    }

    @Test
    void theSizeOfTheWindowFollows() throws Exception {
        try (var terminal = attach("attach m")) {
            var hostTerminal = terminal.line("/dev/pts/", LIMIT);
            terminal.await("~]# ", LIMIT);
            // A trap of the shell's own would wait for another key if the size changed while its prompt is drawn.
            terminal.type("perl -e '$SIG{WINCH} = sub { exec qw(stty size) }; $| = 1; print qq(wait), qq(ing\\n);"
                    + " sleep 1 while 1'\r");
            terminal.await("waiting", LIMIT);

            var resize = HostCommand.of("stty", "-F", hostTerminal, "rows", "41", "cols", "111");
            assertThat(HostProcess.run(resize, Deadline.in(LIMIT)).exitCode()).isZero();
            terminal.await("41 111", LIMIT);
            terminal.type(LEAVE);
            terminal.await("left m", LIMIT);
        }
    }

    /** A gibibyte goes through to where it is wanted, and nixlab stays small. */
    @Test
    void aGibibytePassesThroughAFewMegabytesOfMemory() throws Exception {
        var command = "head -c 1073741824 /dev/zero";
        var process = new ProcessBuilder(Path.of("bin/nixlab").toAbsolutePath().toString(), "exec", "m", command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long bytes = 0;
        long others = 0;
        long peak = 0;
        var buffer = new byte[1 << 20];
        try (var stream = process.getInputStream()) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                for (int i = 0; i < count; i++) {
                    others += buffer[i] == 0 ? 0 : 1;
                }
                bytes += count;
                peak = Math.max(peak, memory(process.pid()));
            }
        }
        assertThat(process.waitFor()).isZero();
        assertThat(bytes).isEqualTo(1L << 30);
        assertThat(others).isZero();
        assertThat(peak).isBetween(20_000L, 250_000L);
    }

    /** Returns the most memory a process has had resident, in KiB; 0 if it has ended. */
    private static long memory(long pid) throws IOException {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static TestTerminal attach(String line) throws IOException {
        var shell = "sh -c 'stty rows 30 cols 100; tty; exec "
                + Path.of("bin/nixlab").toAbsolutePath() + " " + line + "'";
        return new TestTerminal(directory, shell, Map.of("TERM", "xterm-256color"));
    }

    private static String exec(String command) {
        return nixlab(LIMIT, "exec", "m", command).out();
    }

    private static ProcessResult nixlab(Duration limit, String... words) {
        var result = Launcher.run(directory, limit, words);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }
}
