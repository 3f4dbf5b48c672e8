package org.nixlab.command.verb;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.display.Listing;
import org.nixlab.lab.Lab;
import org.nixlab.lab.entrance.Forward;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "Without a machine it lists the forwards. The way goes through the machine's backdoor: it",
            "needs no network, and the machine's firewall does not see it. Forwards stay, also without",
            "nixlab, until they are removed or the last machine stops.",
            "",
            "Examples:",
            "  forward web 80",
            "  forward db 5432 --port 5432",
            "  forward router 192.168.1.2:80      what the router reaches there",
            "  forward                            list them",
            "  forward --remove web 80",
        })
final class ForwardCommand implements Action {
    private static final Pattern ADDRESS = Pattern.compile("\\[?[A-Za-z0-9_.:%-]+]?");

    @Mixin
    final MachineParameter machine = new MachineParameter();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "[HOST:]PORT",
            description = "Port of the machine, or of a host it reaches.")
    Optional<String> port = Optional.empty();

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "Port of this host; any free one by default.")
    int hostPort;

    @Option(
            names = {"-a", "--address"},
            paramLabel = "ADDRESS",
            description = "Address of this host to listen on: ${DEFAULT-VALUE} unless others may come, too.")
    String address = "127.0.0.1";

    @Option(
            names = {"-r", "--remove"},
            description = "End a forward, or without a port all of the machine.")
    boolean remove;

    @Mixin
    final OutputOption output = new OutputOption();

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        var lab = context.lab();
        var deadline = timeout.deadline(lab, Lab.TimedWork.SCRIPT);
        if (machine.name.isEmpty()) {
            return list(lab, context, deadline);
        }
        var name = machine.machine(lab).declared().name();
        if (remove) {
            return remove(lab, name, deadline);
        }
        var wanted = port.orElseThrow(() ->
                LabException.input("forward: which port is not said", "", "for example: forward " + name + " 80"));
        var target = GuestPort.parse(wanted);
        if (hostPort < 0 || hostPort > 65535) {
            throw LabException.input("'" + hostPort + "' is no port of this host", "--port", "0 is any free one");
        }
        if (!ADDRESS.matcher(address).matches()) {
            throw LabException.input(
                    "'" + address + "' is no address of this host",
                    "--address",
                    "127.0.0.1 is only for this host, 0.0.0.0 for all");
        }
        var made = lab.forwards().add(new Forward(name, target.host(), target.port(), address, hostPort), deadline);
        context.display().result(name + ":" + wanted + " is at " + made.address() + ":" + made.hostPort());
        return Outcome.of(made);
    }

    private Outcome list(Lab lab, Context context, Deadline deadline) {
        if (remove) {
            throw LabException.input("forward: whose forward is to be removed?", "", "forward --remove MACHINE PORT");
        }
        var forwards = lab.forwards().list(deadline);
        if (forwards.isEmpty() && output.format == Listing.Format.TABLE) {
            context.display().message("no port is forwarded; 'forward MACHINE PORT' does it");
        } else {
            listing().print(forwards, output.format, context.display().out());
        }
        return Outcome.of(forwards);
    }

    private Outcome remove(Lab lab, String name, Deadline deadline) {
        var target = port.map(GuestPort::parse);
        List<Forward> chosen = lab.forwards().list(deadline).stream()
                .filter(forward -> forward.machine().equals(name))
                .filter(forward -> target.isEmpty() || target.get().isTargetOf(forward))
                .toList();
        if (chosen.isEmpty()) {
            throw LabException.input(
                    "forward: " + name + port.map(text -> ":" + text).orElse("") + " is not forwarded",
                    "",
                    "'forward' lists what is");
        }
        chosen.forEach(forward -> lab.forwards().remove(forward, deadline));
        return Outcome.of(chosen);
    }

    private static Listing<Forward> listing() {
        return new Listing<Forward>()
                .column("MACHINE", "machine", Forward::machine)
                .column("TO", "host", Forward::host, forward -> forward.host() + ":" + forward.port())
                .column("", "port", Forward::port)
                .column("AT", "address", Forward::address, forward -> forward.address() + ":" + forward.hostPort())
                .column("", "hostPort", Forward::hostPort);
    }
}
