package org.nixlab.command.display;

import java.time.Duration;
import java.util.Optional;

import org.nixlab.base.LabException;
import org.nixlab.base.TimeText;
import org.nixlab.lab.method.CallListener.Call;
import org.nixlab.scenario.ScenarioEvent;
import org.nixlab.scenario.ScenarioListener;
import org.nixlab.scenario.Step;

/**
 * Prints what happens in a scenario, line by line. What ends it is the failure that it comes to, and not printed here.
 *
 * @param calls whether every command and wait is printed, too
 */
public record ScenarioDisplay(Display display, boolean calls) implements ScenarioListener {
    private static final String INDENT = "  ";

    @Override
    public void happened(ScenarioEvent event) {
        if (event instanceof ScenarioEvent.StepBegan began && calls) {
            line(began.step().depth(), style().dim("▸ " + began.step().name()));
        } else if (event instanceof ScenarioEvent.StepEnded ended) {
            step(ended);
        } else if (event instanceof ScenarioEvent.CallEnded ended && calls) {
            line(
                    depth(ended.step()),
                    style().dim(text(ended.call()) + time(ended.took()))
                            + ended.failure()
                                    .map(failure -> style().bad(" failed"))
                                    .orElse(""));
        } else if (event instanceof ScenarioEvent.CheckFailed failed) {
            line(depth(failed.step()), style().bad("✗ ") + text(failed.failure(), depth(failed.step())));
        } else if (event instanceof ScenarioEvent.CleanupFailed failed) {
            line(0, style().bad("✗ ") + "at the end: " + text(failed.failure(), 0));
        } else if (event instanceof ScenarioEvent.Said said) {
            line(depth(said.step()), said.text());
        }
    }

    private void step(ScenarioEvent.StepEnded ended) {
        int depth = ended.step().depth();
        var mark = ended.passed() ? style().good("✓ ") : style().bad("✗ ");
        var failure = ended.failure().map(what -> "\n" + INDENT.repeat(depth + 1) + text(what, depth + 1));
        line(depth, mark + ended.step().name() + style().dim(time(ended.took())) + failure.orElse(""));
    }

    private static String text(Call call) {
        return call.machine() + "." + call.method() + (call.subject().isEmpty() ? "" : " " + call.subject());
    }

    private static String text(RuntimeException failure, int depth) {
        var text = new StringBuilder(String.valueOf(failure.getMessage()));
        if (failure instanceof LabException known) {
            append(text, known.place());
            append(text, known.hint());
        }
        for (var other : failure.getSuppressed()) {
            append(text, "also: " + other.getMessage());
        }
        return text.toString().replace("\n", "\n" + INDENT.repeat(depth));
    }

    private static void append(StringBuilder text, String line) {
        if (!line.isEmpty()) {
            text.append('\n').append(INDENT).append(line.replace("\n", "\n" + INDENT));
        }
    }

    private static int depth(Optional<Step> step) {
        return step.map(each -> each.depth() + 1).orElse(0);
    }

    private static String time(Duration took) {
        return " (" + TimeText.format(took) + ")";
    }

    private void line(int depth, String text) {
        display.result(INDENT.repeat(depth) + text);
    }

    private Style style() {
        return display.out().style();
    }
}
