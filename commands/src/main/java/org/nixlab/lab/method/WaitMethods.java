package org.nixlab.lab.method;

import java.util.List;

import org.nixlab.lab.method.Parameter.Kind;
import org.nixlab.machine.condition.FileConditions;
import org.nixlab.machine.condition.GuestLook;
import org.nixlab.machine.condition.PortConditions;
import org.nixlab.machine.condition.UnixSocketConditions;

/** Waiting for ports, sockets and files. */
final class WaitMethods {
    private WaitMethods() {}

    static List<MachineMethod> all() {
        return List.of(
                port("waitForOpenPort", "waits until something listens on a TCP port, as seen from inside")
                        .does((machine, arguments) -> {
                            machine.await(look -> port(look, arguments).open(), arguments);
                            return null;
                        }),
                port("waitForClosedPort", "waits until nothing listens on a TCP port, as seen from inside")
                        .does((machine, arguments) -> {
                            machine.await(look -> port(look, arguments).closed(), arguments);
                            return null;
                        }),
                MachineMethod.named("waitForOpenUnixSocket", "waits until something listens on a UNIX socket")
                        .needs("addr", Kind.TEXT, "its path")
                        .takes("isDatagram", Kind.FLAG, false, "whether it takes datagrams")
                        .timed()
                        .does((machine, arguments) -> {
                            machine.await(
                                    look -> new UnixSocketConditions(look)
                                            .open(arguments.needText("addr"), arguments.flag("isDatagram")),
                                    arguments);
                            return null;
                        }),
                MachineMethod.named("waitForFile", "waits until a file or directory is there")
                        .needs(
                                "filename",
                                Kind.TEXT,
                                "its path; may begin with ~, and be a pattern with *, ? and [...]")
                        .timed()
                        .does((machine, arguments) -> {
                            machine.await(
                                    look -> new FileConditions(look).exists(arguments.needText("filename")), arguments);
                            return null;
                        }));
    }

    private static MachineMethod.Draft port(String name, String summary) {
        return MachineMethod.named(name, summary)
                .needs("port", Kind.INTEGER, "its number")
                .takes("addr", Kind.TEXT, "localhost", "a name or address; another machine's is connected to")
                .timed();
    }

    private static PortConditions port(GuestLook look, Arguments arguments) {
        return new PortConditions(look, arguments.needInteger("port"), arguments.needText("addr"));
    }
}
