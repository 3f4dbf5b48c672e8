package org.nixlab.command.display;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.nixlab.machine.MachineStatus;
import org.nixlab.talk.OutputSink;
import org.nixlab.talk.Result;

/** Shows what a Groovy line came to. Texts may come from a guest, so they are made harmless for a terminal. */
public final class ValueDisplay {
    private ValueDisplay() {}

    public static void show(Object value, Display display) {
        if (value instanceof Result result) {
            show(result, display);
        } else if (value instanceof List<?> values && isAll(values, Result.class)) {
            values.forEach(result -> show((Result) result, display));
        } else if (value instanceof List<?> values && isAll(values, MachineStatus.class)) {
            var statuses = new ArrayList<MachineStatus>();
            values.forEach(status -> statuses.add((MachineStatus) status));
            StatusListing.columns().print(statuses, Listing.Format.TABLE, display.out());
        } else {
            text(value.toString(), OutputSink.Stream.OUT, display);
        }
    }

    private static boolean isAll(List<?> values, Class<?> type) {
        return !values.isEmpty() && values.stream().allMatch(type::isInstance);
    }

    private static void show(Result result, Display display) {
        text(result.getOut(), OutputSink.Stream.OUT, display);
        text(result.getErr(), OutputSink.Stream.ERR, display);
        if (!result.succeeded()) {
            display.message(result.machine() + ": exited with " + result.exitCode());
        }
    }

    private static void text(String text, OutputSink.Stream stream, Display display) {
        if (!text.isEmpty()) {
            var bytes = (text.endsWith("\n") ? text : text + "\n").getBytes(StandardCharsets.UTF_8);
            var output = GuestOutput.plain(display);
            output.received(stream, bytes);
            output.finish();
        }
    }
}
