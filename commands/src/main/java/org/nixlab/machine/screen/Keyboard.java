package org.nixlab.machine.screen;

import java.time.Duration;
import java.util.Optional;

import org.nixlab.base.Await;
import org.nixlab.base.Deadline;
import org.nixlab.machine.Monitor;
import org.nixlab.machine.Vm;

/**
 * A machine's keyboard under somebody who takes his time.
 *
 * @param pause behind every key; without one the guest's own pace is kept
 */
public record Keyboard(Monitor monitor, Optional<Duration> pause) {
    public static Keyboard of(Vm vm, Optional<Duration> pause) {
        return new Keyboard(vm.monitor(), pause.filter(time -> !time.isZero()));
    }

    /** Presses keys together, as {@link Monitor#press}; a line feed or a tab is a key, too. */
    public void press(String keys, Deadline deadline) {
        if (keys.length() == 1) {
            monitor.type(keys, deadline);
        } else {
            monitor.press(keys, deadline);
        }
        rest();
    }

    /** Types a text, as {@link Monitor#type}. */
    public void type(String text, Deadline deadline) {
        if (pause.isEmpty()) {
            monitor.type(text, deadline);
            return;
        }
        text.chars().forEach(character -> {
            monitor.type(Character.toString(character), deadline);
            rest();
        });
    }

    private void rest() {
        pause.ifPresent(time -> Await.pause(time, "typing"));
    }
}
