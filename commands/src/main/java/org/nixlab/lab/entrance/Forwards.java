package org.nixlab.lab.entrance;

import java.util.List;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;

/**
 * The forwarded ports of a lab. They stay, also without nixlab, until they are removed or the lab's last machine stops.
 * Safe for use by many threads.
 */
public interface Forwards {
    /**
     * Forwards a port and returns the forward with the port of the host that was chosen.
     *
     * @throws LabException (host) if the port of the host is taken
     */
    Forward add(Forward wanted, Deadline deadline);

    List<Forward> list(Deadline deadline);

    /** Ends a forward and the connections through it. */
    void remove(Forward forward, Deadline deadline);
}
