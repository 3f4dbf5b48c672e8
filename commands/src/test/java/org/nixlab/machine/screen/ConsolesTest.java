package org.nixlab.machine.screen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Condition;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.command.FakeVm;
import org.nixlab.command.FakeVm.Answer;
import org.nixlab.machine.Phase;
import org.nixlab.machine.condition.GuestLook;
import org.nixlab.machine.condition.GuestWait;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

@Timeout(30)
class ConsolesTest {
    private static final Deadline PASSED = Deadline.in(Duration.ZERO);

    private Path console;
    private FakeVm vm;

    @BeforeEach
    void makeMachine(@TempDir Path directory) throws IOException {
        console = Files.writeString(directory.resolve("console"), "");
        vm = new FakeVm(SampleNetworks.machine("m", 1), console).enter(Phase.READY);
    }

    @Test
    void whatWasPrintedBeforeCountsOnce() throws IOException {
        print("Welcome\r\nm login: ");

        assertThat(SerialText.await(vm, Pattern.compile("log.n"), PASSED)).isEqualTo("login");
        assertThatThrownBy(() -> SerialText.await(vm, Pattern.compile("Welcome"), PASSED))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("timed out waiting for the text 'Welcome' on the serial console of m\n"
                        + "  it ends with\n    Welcome\n    m login: ".stripTrailing());
    }

    @Test
    void aMachineThatEndsOrPanicsEndsTheWait() throws IOException {
        var limit = Deadline.in(Duration.ofSeconds(20));
        vm.enter(Phase.STOPPED);
        assertThatThrownBy(() -> SerialText.await(vm, Pattern.compile("x"), PASSED))
                .hasMessage("m is not running");

        vm.enter(Phase.READY);
        var ended = new CompletableFuture<Throwable>();
        var waiting = new Thread(
                () -> ended.complete(catchThrowable(() -> SerialText.await(vm, Pattern.compile("never"), limit))));
        waiting.start();
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        print("Kernel panic - not syncing: it\n");
        assertThat(ended.join()).isInstanceOf(LabException.class).hasMessageContaining("kernel panicked");
    }

    @Test
    void aPanicCanBeWaitedFor() throws IOException {
        print("[ 1.0] Kernel panic - not syncing: it\n");

        assertThat(SerialText.await(vm, Pattern.compile("panic.*"), PASSED)).isEqualTo("panic - not syncing: it");
    }

    @Test
    void aVirtualConsoleIsReadWithAndWithoutItsBlanks() {
        vm.guest = command -> command.startsWith("n=tty2 ")
                ? Optional.of(new Answer(0, "3 9\nm login: " + "\u00fc        " + " ".repeat(9), ""))
                : Optional.empty();

        assertThat(VirtualConsole.read(vm, "2", PASSED)).isEqualTo("m login:\n\u00fc\n");
        for (var pattern : List.of("login: ", "login:$", "\u00fc")) {
            GuestWait.until(vm, look -> matches(look, "tty2", pattern), PASSED);
        }
        assertThatThrownBy(() -> GuestWait.until(vm, look -> matches(look, "/dev/tty2", "x"), PASSED))
                .hasMessage("timed out waiting for the text 'x' on /dev/tty2 of m\n"
                        + "  at last it showed\n    m login:\n    \u00fc");
        assertThatThrownBy(() -> VirtualConsole.read(vm, "ttyS0", PASSED)).hasMessage("'ttyS0' is no virtual console");
    }

    @Test
    void windowsHaveNames() {
        vm.guest = command -> command.contains("xwininfo") ? Optional.of(new Answer(0, """

                        xwininfo: Window id: 0x50 (the root window) (has no name)

                             3 children:
                             0x200001 "xterm": ("xterm" "XTerm")  484x316+0+0  +0+0
                                1 child:
                                0x20000a (has no name): ()  484x316+0+0  +0+0
                             0x600001 "a "b": (c)": ("x" "X")  1x1+0+0  +0+0
                        """, "")) : Optional.empty();

        assertThat(Windows.names(vm, PASSED)).containsExactly("xterm", "a \"b\": (c)");
        GuestWait.until(vm, look -> Windows.named(look, Pattern.compile("^xt")), PASSED);
        assertThatThrownBy(() -> GuestWait.until(vm, look -> Windows.named(look, Pattern.compile("firefox")), PASSED))
                .hasMessageStartingWith("timed out waiting for a window 'firefox' on m\n  there is xterm, a ");
        vm.guest = command -> Optional.empty();
        assertThatThrownBy(() -> GuestWait.until(vm, look -> Windows.named(look, Pattern.compile("x")), PASSED))
                .hasMessage("m: the windows cannot be listed: there is no xwininfo in the machine")
                .extracting("exitCode")
                .isEqualTo(ExitCode.CHECK_FAILED);
    }

    @Test
    void keysAreTypedWithOrWithoutPauses() {
        var fast = Keyboard.of(vm, Optional.of(Duration.ZERO));
        fast.type("ab\n", PASSED);
        fast.press("ctrl-alt-f2", PASSED);
        fast.press("-", PASSED);
        Keyboard.of(vm, Optional.of(Duration.ofMillis(1))).type("ab", PASSED);

        assertThat(vm.events).containsExactly("type ab\n", "press ctrl-alt-f2", "type -", "type a", "type b");
    }

    private static Condition matches(GuestLook look, String tty, String pattern) {
        return VirtualConsole.matches(look, tty, Pattern.compile(pattern, Pattern.MULTILINE));
    }

    private void print(String text) throws IOException {
        Files.writeString(console, text, StandardOpenOption.APPEND);
    }
}
