package org.nixlab.machine.screen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.machine.Vm;
import org.nixlab.machine.condition.PanicLook;

/** Text on a machine's serial console. */
public final class SerialText {
    private static final Await AWAIT = new Await(Duration.ofMillis(50), Duration.ofMillis(200), detail -> {});
    private static final int MOST_LINES = 5;
    /** What is waited for may be what a panic says, or come just behind. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private SerialText() {}

    /**
     * Waits until a text is printed. What was printed before counts, too, from where the last wait found its own, and at
     * first from where the machine was started.
     *
     * @return what matched
     * @throws LabException (host) if the machine ends or panics without having printed it
     */
    public static String await(Vm vm, Pattern wanted, Deadline deadline) {
        var console = vm.console();
        var panic = new PanicLook(vm);
        var found = new String[1];
        var printed = new Condition(
                        "the text '" + wanted + "' on the serial console of "
                                + vm.declared().name(),
                        () -> {
                            found[0] = hear(vm, wanted, panic, deadline);
                            return new Observation(found[0] != null, "");
                        },
                        "console " + vm.declared().name() + " shows all of it")
                .explainedBy(() -> {
                    var lines = console.end(1 << 13)
                            .lines()
                            .filter(line -> !line.isBlank())
                            .toList();
                    return lines.isEmpty()
                            ? "it printed nothing"
                            : "it ends with\n  "
                                    + String.join(
                                            "\n  ",
                                            lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
                });
        AWAIT.until(printed, deadline);
        return found[0];
    }

    private static String hear(Vm vm, Pattern wanted, PanicLook panic, Deadline deadline) {
        var console = vm.console();
        var heard = console.hear(wanted);
        if (heard.isEmpty()) {
            try {
                panic.requireSound();
            } catch (LabException e) {
                var last = Deadline.in(LAST_WORDS).orSooner(deadline);
                while (heard.isEmpty() && !last.hasPassed()) {
                    Await.pause(Duration.ofMillis(100), "the serial console");
                    heard = console.hear(wanted);
                }
                if (heard.isEmpty()) {
                    throw e;
                }
            }
        }
        return heard.orElse(null);
    }

    /** Types a text on the serial console, where something in the guest may read it. */
    public static void type(Vm vm, String text, Deadline deadline) {
        try (var console = vm.attachConsole(note -> {}, deadline);
                var keyboard = console.keyboard()) {
            keyboard.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
