package org.nixlab.lab;

import java.util.List;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.relay.Entrance;
import org.nixlab.relay.Relays;

import static java.util.Objects.requireNonNull;

/** Forwarded ports as entrances of the lab's relay. */
final class RelayForwards implements Forwards {
    private final Relays relays;

    RelayForwards(Relays relays) {
        this.relays = requireNonNull(relays, "relays");
    }

    @Override
    public Forward add(Forward wanted, Deadline deadline) {
        return forward(relays.add(entrance(wanted), deadline)).orElseThrow();
    }

    @Override
    public List<Forward> list() {
        return relays.list().stream()
                .flatMap(entrance -> forward(entrance).stream())
                .toList();
    }

    @Override
    public void remove(Forward forward) {
        relays.remove(entrance(forward));
    }

    private static Entrance entrance(Forward forward) {
        return Entrance.toPort(
                forward.machine(), forward.address() + ":" + forward.hostPort(), forward.host(), forward.port());
    }

    private static Optional<Forward> forward(Entrance entrance) {
        return entrance.port().map(port -> {
            int colon = entrance.listen().lastIndexOf(':');
            return new Forward(
                    entrance.machine(),
                    entrance.host(),
                    port,
                    entrance.listen().substring(0, colon),
                    Integer.parseInt(entrance.listen().substring(colon + 1)));
        });
    }
}
