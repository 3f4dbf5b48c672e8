package org.nixlab.command;

import java.util.ArrayList;
import java.util.List;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.lab.entrance.Forward;
import org.nixlab.lab.entrance.Forwards;

/** Forwards that go nowhere. */
final class FakeForwards implements Forwards {
    private final List<Forward> open = new ArrayList<>();

    @Override
    public synchronized Forward add(Forward wanted, Deadline deadline) {
        if (open.contains(wanted)) {
            return wanted;
        }
        int port = wanted.hostPort() == 0 ? 40000 + open.size() : wanted.hostPort();
        if (open.stream().anyMatch(forward -> forward.hostPort() == port)) {
            throw LabException.host("the lab's relay refused: Address already in use", "", "");
        }
        var made = new Forward(wanted.machine(), wanted.host(), wanted.port(), wanted.address(), port);
        open.add(made);
        return made;
    }

    @Override
    public synchronized List<Forward> list(Deadline deadline) {
        return List.copyOf(open);
    }

    @Override
    public synchronized void remove(Forward forward, Deadline deadline) {
        if (!open.remove(forward)) {
            throw LabException.host(
                    "the lab's relay refused: nothing listens on " + forward.address() + ":" + forward.hostPort(),
                    "",
                    "");
        }
    }
}
