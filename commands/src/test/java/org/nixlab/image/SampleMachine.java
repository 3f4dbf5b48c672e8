package org.nixlab.image;

import java.util.List;
import java.util.Set;

import org.nixlab.model.Configuration;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.Hardware;
import org.nixlab.model.Identity;
import org.nixlab.model.InterfaceAddress;
import org.nixlab.model.Machine;
import org.nixlab.model.NetworkInterface;
import org.nixlab.model.PortForward;
import org.nixlab.model.PortForward.Endpoint;
import org.nixlab.model.SharedDirectory;

/** Machines for tests. */
public final class SampleMachine {
    public static final Configuration NOTHING =
            new Configuration(List.of(), List.of(), List.of(), List.of(), Set.of(), List.of(), List.of());

    private SampleMachine() {}

    public static Machine plain(GuestArchitecture architecture, Configuration configuration) {
        return machine(
                architecture,
                new Hardware(
                        512, 1, 1024, List.of(1), false, false, List.of(), List.of(), List.of(), List.of(), List.of()),
                configuration);
    }

    static Machine sharing(SharedDirectory share, Configuration configuration) {
        return machine(
                GuestArchitecture.X86_64,
                new Hardware(
                        512,
                        1,
                        1024,
                        List.of(1),
                        false,
                        false,
                        List.of(),
                        List.of(share),
                        List.of(),
                        List.of(),
                        List.of()),
                configuration);
    }

    public static Machine withDisks(int own, Integer... empty) {
        return machine(
                GuestArchitecture.X86_64,
                new Hardware(
                        512,
                        1,
                        own,
                        List.of(1),
                        false,
                        false,
                        List.of(),
                        List.of(),
                        List.of(empty),
                        List.of(),
                        List.of()),
                NOTHING);
    }

    public static Machine withEverything() {
        var forward = new PortForward(true, "tcp", new Endpoint("", 8080), new Endpoint("", 80));
        return machine(
                GuestArchitecture.X86_64,
                new Hardware(
                        1024,
                        2,
                        2048,
                        List.of(1),
                        true,
                        true,
                        List.of(forward),
                        List.of(new SharedDirectory("data", "/srv/my data", "/data")),
                        List.of(64),
                        List.of("-device usb-ehci"),
                        List.of("quiet")),
                NOTHING);
    }

    private static Machine machine(GuestArchitecture architecture, Hardware hardware, Configuration configuration) {
        var nic =
                new NetworkInterface("eth1", 1, "52:54:00:12:01:01", List.of(new InterfaceAddress("192.168.1.1", 24)));
        var identity = new Identity("web", "web", "", List.of());
        return new Machine("web", 1, architecture, identity, hardware, List.of(nic), configuration);
    }
}
