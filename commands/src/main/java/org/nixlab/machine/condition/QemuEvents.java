package org.nixlab.machine.condition;

import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.machine.Vm;

import static java.util.Objects.requireNonNull;

/** Waits for what QEMU reports by itself. For one wait of one thread. */
public final class QemuEvents {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vm vm;
    private final Optional<String> name;
    private final Map<String, ?> data;
    private Optional<Map<String, Object>> found = Optional.empty();

    /**
     * @param name QEMU's name of the event, such as {@code POWERDOWN}; any without one
     * @param data what its data must hold
     */
    public QemuEvents(Vm vm, Optional<String> name, Map<String, ?> data) {
        this.vm = requireNonNull(vm, "vm");
        this.name = requireNonNull(name, "name");
        this.data = Map.copyOf(data);
    }

    /**
     * Returns all events of the present run as plain data: {@code events}, and with {@code next} how many there are.
     *
     * @param from how many are left out
     */
    public static Map<String, Object> all(Vm vm, int from) {
        var events = vm.monitor()
                .events()
                .text()
                .lines()
                .flatMap(line -> event(line).stream())
                .toList();
        return Map.of(
                "events",
                events.subList(Math.min(Math.max(0, from), events.size()), events.size()),
                "next",
                events.size());
    }

    /**
     * Returns the next event that is wanted, as QEMU wrote it: {@code event}, {@code data}, {@code timestamp}. The next one
     * after that for which somebody waited before; at first, of all since the machine was started.
     *
     * @throws org.nixlab.base.LabException (host) if the machine ends before
     */
    public Map<String, Object> next(Deadline deadline) {
        var events = vm.monitor().events();
        var condition = new Condition(
                "the event " + name.orElse("") + (data.isEmpty() ? "" : data) + " of QEMU on "
                        + vm.declared().name(),
                () -> {
                    // In this order: a machine that ends reports that last.
                    boolean runs = vm.phase().isRunning();
                    found = events.hearLine(this::wanted);
                    if (found.isEmpty() && !runs) {
                        vm.requireRunning();
                    }
                    return new Observation(found.isPresent(), "");
                },
                "");
        Await.host().until(condition, deadline);
        return found.orElseThrow();
    }

    private Optional<Map<String, Object>> wanted(String line) {
        return event(line).filter(event -> {
            var told = event.get("data") instanceof Map<?, ?> map ? map : Map.of();
            return name.map(event.get("event").toString()::equalsIgnoreCase).orElse(true)
                    && data.entrySet().stream().allMatch(wish -> wish.getValue().equals(told.get(wish.getKey())));
        });
    }

    private static Optional<Map<String, Object>> event(String line) {
        try {
            return Optional.of(JSON.readValue(line, new TypeReference<Map<String, Object>>() {}))
                    .filter(event -> event.get("event") instanceof String);
        } catch (JsonProcessingException e) {
            // A disk that is full leaves lines that are not whole.
            return Optional.empty();
        }
    }
}
