package org.nixlab.lab.method;

import java.util.List;
import java.util.Optional;

import org.nixlab.lab.entrance.Forward;
import org.nixlab.lab.method.Parameter.Kind;
import org.nixlab.machine.network.Http;
import org.nixlab.machine.network.HttpRequest;
import org.nixlab.machine.network.NetworkCards;
import org.nixlab.machine.network.Ping;

/** A machine and what is around it: cables, the host's ports, other machines. */
final class NetworkMethods {
    private NetworkMethods() {}

    static List<MachineMethod> all() {
        return List.of(
                cable("block", "pulls the cable of a network card", false),
                cable("unblock", "plugs the cable of a network card in again", true),
                MachineMethod.named("forward", "makes a port of it reachable from this host, and gives the host's port")
                        .needs("port", Kind.INTEGER, "the machine's port")
                        .timed()
                        .does((machine, arguments) -> forward(machine, arguments, 0, arguments.needInteger("port"))),
                MachineMethod.named(
                                "forwardPort", "makes a port of it reachable from this host, at a certain one there")
                        .takes("hostPort", Kind.INTEGER, 8080, "the host's port; 0 for any that is free")
                        .takes("guestPort", Kind.INTEGER, 80, "the machine's port")
                        .timed()
                        .does((machine, arguments) -> forward(
                                machine,
                                arguments,
                                arguments.needInteger("hostPort"),
                                arguments.needInteger("guestPort"))),
                MachineMethod.named(
                                "http",
                                "makes a request from inside it, and gives the answer's status, reason,"
                                        + " headers, body and json")
                        .needs("url", Kind.TEXT, "a URL, as the machine understands its host")
                        .takes("method", Kind.TEXT, "such as PUT; else GET, or POST with a body")
                        .option("headers", Kind.MAP, "headers by their names")
                        .option("body", Kind.DATA, "a text; maps and lists go as JSON")
                        .option("retry", Kind.FLAG, "whether to go on until the answer is no error")
                        .option("insecure", Kind.FLAG, "whether any certificate will do")
                        .timed()
                        .does(NetworkMethods::http),
                MachineMethod.named("ping", "sends pings from it, and gives sent, received, loss, min, avg and max")
                        .needs("target", Kind.TEXT, "a name or address, as the machine knows it")
                        .takes("count", Kind.INTEGER, 3, "how many")
                        .timed()
                        .does((machine, arguments) -> Ping.send(
                                        machine.vm(),
                                        arguments.needText("target"),
                                        arguments.needInteger("count"),
                                        machine.deadline(arguments))
                                .data()));
    }

    private static MachineMethod cable(String name, String summary, boolean up) {
        return MachineMethod.named(name, summary)
                .takes("interface", Kind.TEXT, "such as eth1, or the number of a VLAN; else that of the first VLAN")
                .timed()
                .does((machine, arguments) -> {
                    new NetworkCards(machine.vm()).link(arguments.text("interface"), up, machine.deadline(arguments));
                    return null;
                });
    }

    private static int forward(MethodTarget machine, Arguments arguments, int hostPort, int port) {
        var wanted = new Forward(machine.name(), "localhost", port, "127.0.0.1", hostPort);
        return machine.lab()
                .get()
                .forwards()
                .add(wanted, machine.deadline(arguments))
                .hostPort();
    }

    private static Object http(MethodTarget machine, Arguments arguments) {
        var request = HttpRequest.of(
                arguments.needText("url"),
                arguments.text("method"),
                arguments.map("headers"),
                Optional.ofNullable(arguments.data("body")));
        var http = new Http(machine.vm(), !arguments.flag("insecure"));
        var deadline = machine.deadline(arguments);
        return (arguments.flag("retry") ? http.untilSuccess(request, deadline) : http.once(request, deadline)).data();
    }
}
