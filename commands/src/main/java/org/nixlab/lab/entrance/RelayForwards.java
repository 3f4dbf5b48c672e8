package org.nixlab.lab.entrance;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.nixlab.base.Deadline;
import org.nixlab.model.Network;
import org.nixlab.relay.Entrance;
import org.nixlab.relay.LabRelay;

/**
 * Forwarded ports as entrances of the lab's relay.
 *
 * @param network the lab's machines, as they are when asked
 * @param relay the lab's relay, likewise
 */
record RelayForwards(Supplier<Network> network, Supplier<LabRelay> relay) implements Forwards {
    @Override
    public Forward add(Forward wanted, Deadline deadline) {
        network.get().machine(wanted.machine()).ifPresent(LabEntrances::requireStreams);
        return forward(relay.get().add(entrance(wanted), deadline)).orElseThrow();
    }

    @Override
    public List<Forward> list(Deadline deadline) {
        return relay.get().list(deadline).stream()
                .flatMap(entrance -> forward(entrance).stream())
                .toList();
    }

    @Override
    public void remove(Forward forward, Deadline deadline) {
        relay.get().remove(entrance(forward), deadline);
    }

    private static Entrance entrance(Forward forward) {
        return Entrance.toPort(
                forward.machine(), forward.address() + ":" + forward.hostPort(), forward.host(), forward.port());
    }

    private static Optional<Forward> forward(Entrance entrance) {
        return entrance.port()
                .map(port -> new Forward(
                        entrance.machine(),
                        entrance.host(),
                        port,
                        entrance.hostAddress(),
                        entrance.hostPort().orElseThrow()));
    }
}
