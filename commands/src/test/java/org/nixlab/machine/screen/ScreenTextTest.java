package org.nixlab.machine.screen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.command.FakeVm;
import org.nixlab.command.FakeVm.Answer;
import org.nixlab.machine.Phase;
import org.nixlab.model.SampleNetworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Reads a picture of a console with the host's tesseract. */
@Timeout(120)
class ScreenTextTest {
    private FakeVm vm;

    @BeforeEach
    void makeMachine(@TempDir Path directory) throws IOException {
        vm = new FakeVm(SampleNetworks.machine("m", 1), directory.resolve("console")).enter(Phase.KERNEL);
        vm.screen = getClass().getResourceAsStream("console.png").readAllBytes();
    }

    @Test
    void lettersAreRead() {
        assertThat(new ScreenText(vm).read(soon())).contains("The quick brown fox");
        assertThat(new ScreenText(vm).variants(soon()))
                .hasSize(3)
                .anySatisfy(text -> assertThat(text).contains("/nixos"));
    }

    @Test
    void theFirstMatchEnds() {
        new ScreenText(vm).await(Pattern.compile("quick .* fox"), soon());

        assertThat(vm.requests).as("nobody answers yet").isEmpty();
    }

    @Test
    void whatTheGuestTellsOfItsConsoleIsExact() {
        vm.enter(Phase.READY);
        vm.guest = command -> command.startsWith("perl ")
                ? Optional.of(new Answer(0, "2 9\nm login:          ", ""))
                : Optional.empty();

        new ScreenText(vm, new TextReader("no-such-program")).await(Pattern.compile("login: "), soon());
        new ScreenText(vm, new TextReader("no-such-program"))
                .await(Pattern.compile("login:$", Pattern.MULTILINE), soon());
    }

    @Test
    void whatWasReadLastIsTold(@TempDir Path directory) throws IOException {
        var program = Files.writeString(
                directory.resolve("tesseract"), "#!/bin/sh\necho 'The quick'\necho\necho 'brown fox'\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        var screen = new ScreenText(vm, new TextReader(program.toString()));

        assertThatThrownBy(() -> screen.await(Pattern.compile("no such text"), Deadline.in(Duration.ZERO)))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("timed out waiting for the text 'no such text' on the screen of m\n"
                        + "  at last it showed\n    The quick\n    brown fox");
    }

    @Test
    void aHostThatCannotReadSaysWhatItTakes() {
        assertThatThrownBy(() -> new ScreenText(vm, new TextReader("no-such-program")).read(soon()))
                .isInstanceOf(LabException.class)
                .hasMessage("the text of the screen cannot be read: tesseract is not there")
                .satisfies(e -> assertThat(((LabException) e).exitCode()).isEqualTo(ExitCode.HOST_FAILED))
                .extracting("hint")
                .isEqualTo("apt-get install tesseract-ocr");
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofMinutes(1));
    }
}
