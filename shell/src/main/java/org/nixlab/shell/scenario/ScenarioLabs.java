package org.nixlab.shell.scenario;

import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.command.Context;
import org.nixlab.command.Frontend.Scenario;
import org.nixlab.command.Session;
import org.nixlab.command.display.ProgressDisplay;
import org.nixlab.lab.Lab;
import org.nixlab.model.Selector;

import static java.util.Objects.requireNonNull;

/**
 * The labs of a scenario, one at a time: with fresh disks, and gone at its end; or those of the user, left as they were
 * found. Confined to the scenario's thread.
 */
final class ScenarioLabs implements AutoCloseable {
    private final Scenario scenario;
    private final Context context;
    private final Optional<Lab> before;
    private final boolean ranBefore;
    private final Optional<LabsOfRun> fresh;

    /** @param user what the scenario was asked for in */
    ScenarioLabs(Scenario scenario, Context user) {
        this.scenario = requireNonNull(scenario, "scenario");
        this.before = user.session().current();
        this.ranBefore = before.filter(Lab::runs).isPresent();
        if (scenario.end().ownDisks()) {
            var labs = new LabsOfRun(user.session().labs());
            var session =
                    new Session(labs, user.session().directory(), user.session().choice());
            this.fresh = Optional.of(labs);
            this.context = user.in(session);
        } else {
            this.fresh = Optional.empty();
            this.context = user;
        }
    }

    /** Returns what the scenario's verbs work with. */
    Context context() {
        return context;
    }

    boolean isLoaded() {
        return context.session().current().isPresent();
    }

    /** Loads a network that is written in the scenario. */
    void load(String network) {
        var labs = fresh.orElseThrow(() -> LabException.input(
                "a network that is written in a scenario has no disks to keep",
                "",
                "write it to a file, or leave --disks out"));
        var request = context.session().request(scenario.file().toString());
        ProgressDisplay.during(
                context.display(),
                progress ->
                        context.session().take(labs.freshOf(network, request, progress, Deadline.in(Session.LOADING))));
    }

    /** Has a scenario that names no network drive that of the user's lab, if there is one. */
    void loadThatOfUser() {
        if (fresh.isPresent() && before.isPresent()) {
            var request = before.get().request();
            ProgressDisplay.during(
                    context.display(),
                    progress -> context.session().load(request, progress, Deadline.in(Session.LOADING)));
        }
    }

    /**
     * Ends what the scenario started, unless it is to be kept.
     *
     * @param failure what the scenario came to: what goes wrong here is told with it
     */
    void end(Optional<RuntimeException> failure) {
        boolean interrupted = Thread.interrupted();
        try {
            if (scenario.end().keep()) {
                fresh.ifPresent(LabsOfRun::leaveUp);
                context.session().current().filter(Lab::runs).ifPresent(this::sayHowToGetAtIt);
            } else if (fresh.isEmpty()) {
                stopStarted();
            }
        } catch (LabException e) {
            failure.orElseThrow(() -> e).addSuppressed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void sayHowToGetAtIt(Lab lab) {
        context.display()
                .message("the machines go on; in " + lab.directory() + ": nixlab --lab " + lab.name()
                        + "   and at last: nixlab --lab " + lab.name() + " stop");
    }

    private void stopStarted() {
        var session = context.session();
        boolean same = before.isPresent() && session.current().equals(before);
        if (same ? ranBefore : session.ranWhenOpened()) {
            return;
        }
        // Also where none runs any more: what a machine that ended by itself left is tidied.
        session.current()
                .ifPresent(lab -> ProgressDisplay.during(context.display(), progress -> {
                    lab.stop(Selector.ALL, progress, Deadline.in(lab.defaultTimeout(Lab.TimedWork.STOP)));
                    return lab;
                }));
    }

    /** Ends fresh labs that were not kept, also after a failure. */
    @Override
    public void close() {
        fresh.ifPresent(LabsOfRun::close);
        if (fresh.isPresent()) {
            context.session().close();
        }
    }
}
