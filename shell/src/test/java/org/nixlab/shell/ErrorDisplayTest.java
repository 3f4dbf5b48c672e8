package org.nixlab.shell;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.nixlab.command.display.Display;
import org.nixlab.command.display.Style;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorDisplayTest {
    private static final IllegalStateException FAILURE = new IllegalStateException("torn");

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void whatEndsAThreadIsNotShownOverAGuest() {
        var errors = errors(true);

        errors.keep(Thread.currentThread(), FAILURE);
        assertThat(shown()).isEmpty();

        errors.showKept();
        assertThat(shown()).contains("nixlab has a bug: java.lang.IllegalStateException: torn\n");

        shown.reset();
        errors.showKept();
        assertThat(shown()).isEmpty();
    }

    @Test
    void whatEndsAThreadIsInALogAtOnce() {
        errors(false).keep(Thread.currentThread(), FAILURE);

        assertThat(shown()).startsWith("nixlab has a bug: java.lang.IllegalStateException: torn\n");
    }

    private ErrorDisplay errors(boolean terminal) {
        var target = new Display.Target(shown, terminal, new Style(false), terminal);
        return new ErrorDisplay(new Display(target, target, () -> 80), false);
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
