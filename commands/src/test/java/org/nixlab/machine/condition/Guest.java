package org.nixlab.machine.condition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.command.FakeVm;
import org.nixlab.command.FakeVm.Answer;
import org.nixlab.machine.Phase;
import org.nixlab.model.SampleNetworks;

/** A guest that answers the commands it was told, in their order, and the last answer again and again. */
final class Guest {
    final FakeVm vm;
    private final Path console;
    private final Map<String, List<Answer>> answers = new LinkedHashMap<>();

    Guest(Path directory) {
        console = directory.resolve("console");
        vm = new FakeVm(SampleNetworks.machine("m", 1), console).enter(Phase.READY);
        vm.guest = command ->
                Optional.ofNullable(answers.get(command)).map(all -> all.size() == 1 ? all.get(0) : all.remove(0));
    }

    Guest prints(String command, String out) {
        return answers(command, 0, out, "");
    }

    Guest answers(String command, int exitCode, String out, String err) {
        answers.computeIfAbsent(command, unknown -> new ArrayList<>()).add(new Answer(exitCode, out, err));
        return this;
    }

    Guest console(String text) {
        try {
            Files.writeString(console, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Looks once. */
    Observation look(Function<GuestLook, Condition> wanted) {
        return wanted.apply(GuestLook.of(vm, Deadline.in(Duration.ofMinutes(1))))
                .probe()
                .get();
    }

    /** Waits as long as a moment takes. */
    String wait(Function<GuestLook, Condition> wanted) {
        return GuestWait.until(vm, wanted, Deadline.in(Duration.ZERO));
    }
}
