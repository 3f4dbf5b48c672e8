package org.nixlab.lab;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

import org.nixlab.base.Deadline;
import org.nixlab.image.cache.ImageCache;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.GuestWorkshop;
import org.nixlab.lab.system.Host;
import org.nixlab.machine.start.HostPorts;

import static java.util.Objects.requireNonNull;

/**
 * What the labs of a host share: the workshop of each guest system, images, and what guests run with. Safe for use by many
 * threads.
 */
final class Workshops {
    private final Host host;
    private final LabImages images;
    private final HostAcceleration acceleration;
    private final Function<GuestSystem, GuestWorkshop> maker;
    private final Map<GuestSystem, GuestWorkshop> workshops = new ConcurrentHashMap<>();

    Workshops(Host host) {
        this(host, system -> system.workshop(host));
    }

    private Workshops(Host host, Function<GuestSystem, GuestWorkshop> maker) {
        this.host = requireNonNull(host, "host");
        this.maker = requireNonNull(maker, "maker");
        this.images = new LabImages(new ImageCache(host.cache()));
        this.acceleration = new HostAcceleration(host);
    }

    /** Returns others, for who only wants to know whether network files can be read. */
    Workshops forChecks() {
        return new Workshops(host, system -> of(system).forChecks());
    }

    Host host() {
        return host;
    }

    LabImages images() {
        return images;
    }

    HostAcceleration acceleration() {
        return acceleration;
    }

    /** Returns the ports of the host as one lab has them; the caller closes it. */
    HostPorts hostPorts() {
        return new HostPorts(host.cache().resolve("ports"));
    }

    GuestWorkshop of(GuestSystem system) {
        return workshops.computeIfAbsent(system, maker);
    }

    /** Removes from the cache what no network file and no built machine needs, and returns the images among it. */
    List<ImageSummary> prune(Deadline deadline) {
        Stream.of(GuestSystem.values())
                .filter(system -> system != GuestSystem.AUTO)
                .forEach(system -> of(system).prune(deadline));
        return images.prune(deadline);
    }
}
