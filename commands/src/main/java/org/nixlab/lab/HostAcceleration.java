package org.nixlab.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.nixlab.base.Deadline;
import org.nixlab.image.BuiltMachine;
import org.nixlab.lab.system.Host;
import org.nixlab.lab.system.Progress;
import org.nixlab.machine.start.Acceleration;
import org.nixlab.machine.start.AccelerationProbe;

import static java.util.Objects.requireNonNull;

/** What the host runs guests with, once somebody had to know. Safe for use by many threads. */
final class HostAcceleration {
    /** How long a machine with a processor of its own may take to boot on hardware. */
    private static final Duration BOOT = Duration.ofMinutes(1);

    private static final Path KVM = Path.of("/dev/kvm");

    private final Host host;
    private final Set<Path> probedKernels = ConcurrentHashMap.newKeySet();
    private volatile Optional<Acceleration> found = Optional.empty();

    HostAcceleration(Host host) {
        this.host = requireNonNull(host, "host");
    }

    /**
     * Finds it out, and says so once if it is slow: hardware runs all guests or none.
     *
     * @param machines at least one
     */
    Acceleration find(List<BuiltMachine> machines, Progress progress, Deadline deadline) {
        for (var machine : machines) {
            if (knownToBeSlow() || probedKernels.contains(machine.kernel())) {
                continue;
            }
            var acceleration = probe(machine, deadline);
            if (!acceleration.isHardware()) {
                progress.note("machines are emulated and slow (" + acceleration.reason() + ")");
            }
            found = Optional.of(acceleration);
            probedKernels.add(machine.kernel());
        }
        return found.orElseThrow();
    }

    private boolean knownToBeSlow() {
        return found.isPresent() && !found.get().isHardware();
    }

    private Acceleration probe(BuiltMachine machine, Deadline deadline) {
        var chosen = host.environment().getOrDefault("NIXLAB_ACCEL", "");
        return chosen.isEmpty()
                ? new AccelerationProbe(host.cache(), KVM, machine.qemu())
                        .probe(machine.kernel(), machine.probe(), deadline)
                : new Acceleration(chosen, "NIXLAB_ACCEL says so");
    }

    /** Returns it if it is known by now; else the slow one, which no limit is too short for. */
    Acceleration known() {
        return found.orElse(new Acceleration("tcg", "not probed yet"));
    }

    /** Returns how long machines may take to boot when the user sets no limit; they share the host's processors. */
    Duration bootLimit(int machines) {
        int processors = Runtime.getRuntime().availableProcessors();
        return known().scale(BOOT).multipliedBy((machines + processors - 1) / processors);
    }
}
