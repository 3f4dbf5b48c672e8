package org.nixlab.shell;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.nixlab.base.Deadline;
import org.nixlab.base.Threads;
import org.nixlab.command.Session;
import org.nixlab.lab.Lab;
import org.nixlab.model.option.OptionDocument;

/**
 * The names of the options that machines of the current lab can be declared with. They are read when they are first asked
 * for, in the background, since Nix may need seconds for it. For one thread.
 */
final class OptionNames {
    /** Enough for what is remembered, and not felt between a key and its effect. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private static final Duration READING = Duration.ofMinutes(5);

    private final Session session;
    private Optional<Lab> lab = Optional.empty();
    private CompletableFuture<List<String>> names;

    OptionNames(Session session) {
        this.session = session;
    }

    /** Returns them as far as they are known by now. */
    List<String> known() {
        var current = session.current();
        if (names == null || !current.equals(lab)) {
            lab = current;
            names = CompletableFuture.supplyAsync(() -> read(current), task -> Threads.start("option-names", task));
        }
        try {
            return names.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException | TimeoutException e) {
            // Who asks for the options themselves is told why there are none.
            return List.of();
        }
    }

    private List<String> read(Optional<Lab> from) {
        var deadline = Deadline.in(READING);
        var documents = from.map(open -> open.options(deadline))
                .orElseGet(() -> session.labs()
                        .options(
                                session.choice().guestSystem(), session.choice().nix(), deadline));
        return documents.stream().map(OptionDocument::name).toList();
    }
}
