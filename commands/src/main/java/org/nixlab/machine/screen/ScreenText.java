package org.nixlab.machine.screen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.nixlab.base.Await;
import org.nixlab.base.CancelledException;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.base.LabException;
import org.nixlab.machine.Phase;
import org.nixlab.machine.Vm;
import org.nixlab.machine.condition.PanicLook;

import static java.util.Objects.requireNonNull;

/**
 * The text on a machine's screen: as the guest tells it, where the console in front shows text, and as it is read from a
 * picture of the screen otherwise. For one thread.
 */
public final class ScreenText {
    /** Reading takes seconds, and nothing is drawn for being looked at. */
    private static final Await AWAIT = new Await(Duration.ofMillis(200), Duration.ofSeconds(1), detail -> {});

    /** Even a wait that is almost over looks once. */
    private static final Duration SHORTEST = Duration.ofSeconds(5);

    private static final Duration CONSOLE = Duration.ofSeconds(5);
    private static final int MOST_LINES = 10;

    private final Vm vm;
    private final TextReader reader;
    private byte[] lastPicture = {};
    private String lastText = "";

    public ScreenText(Vm vm) {
        this(vm, new TextReader("tesseract"));
    }

    ScreenText(Vm vm, TextReader reader) {
        this.vm = requireNonNull(vm, "vm");
        this.reader = requireNonNull(reader, "reader");
    }

    /** Returns the text of the screen, as it is read from a picture of it. */
    public String read(Deadline deadline) {
        return reader.read(picture(deadline), Picture.VARIANTS.get(0), deadline);
    }

    /** Returns what several ways of reading a picture of the screen make of it; what one misreads another one may not. */
    public List<String> variants(Deadline deadline) {
        var picture = picture(deadline);
        return Picture.VARIANTS.stream()
                .map(variant -> reader.read(picture, variant, deadline))
                .toList();
    }

    /**
     * Waits until a text is on the screen, in whatever way it is found there first.
     *
     * @throws LabException (usage) if the machine has no screen; (host) if the host cannot read pictures
     */
    public void await(Pattern wanted, Deadline deadline) {
        var panic = new PanicLook(vm);
        var shown = new Condition(
                        "the text '" + wanted + "' on the screen of "
                                + vm.declared().name(),
                        () -> {
                            if (isShown(wanted.asPredicate(), deadline.orLater(Deadline.in(SHORTEST)))) {
                                return Observation.met("");
                            }
                            panic.requireSound();
                            return Observation.unmet("");
                        },
                        "screenshot " + vm.declared().name() + " screen.png shows it")
                .explainedBy(this::explanation);
        AWAIT.until(shown, deadline);
    }

    private boolean isShown(Predicate<String> wanted, Deadline deadline) {
        try {
            return look(wanted, deadline);
        } catch (DeadlineException e) {
            // A host that is busy for once must not end a long wait.
            return false;
        }
    }

    private boolean look(Predicate<String> wanted, Deadline deadline) {
        var picture = picture(deadline);
        var console = console(deadline);
        // A prompt ends with a blank, and everything else without.
        if (console.filter(rows -> wanted.test(rows) || wanted.test(VirtualConsole.stripped(rows)))
                .isPresent()) {
            return true;
        }
        // What was not found in a picture is not found in it the second time.
        if (Arrays.equals(picture.png(), lastPicture)) {
            return false;
        }
        for (var variant : Picture.VARIANTS) {
            lastText = reader.read(picture, variant, deadline);
            if (wanted.test(lastText)) {
                return true;
            }
        }
        lastPicture = picture.png();
        lastText = console.filter(rows -> !rows.isBlank()).orElse(lastText);
        return false;
    }

    /** Returns the text of the console in front, if there is a guest that can tell and no picture is drawn over it. */
    private Optional<String> console(Deadline deadline) {
        if (vm.phase() != Phase.BACKDOOR && vm.phase() != Phase.READY) {
            return Optional.empty();
        }
        try {
            return VirtualConsole.shown(vm, Deadline.in(CONSOLE).orSooner(deadline));
        } catch (CancelledException e) {
            throw e;
        } catch (LabException e) {
            return Optional.empty();
        }
    }

    private Picture picture(Deadline deadline) {
        try {
            var directory = Files.createTempDirectory("nixlab-screen");
            var file = directory.resolve("screen.png");
            try {
                vm.monitor().screenshot(file, deadline);
                return new Picture(Files.readAllBytes(file));
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String explanation() {
        var lines = lastText.lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.isEmpty()
                ? "there is no text on it"
                : "at last it showed\n  "
                        + String.join("\n  ", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
    }
}
