package org.nixlab.command.verb;

import java.util.regex.Pattern;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.lab.Lab;
import org.nixlab.lab.entrance.Forward;
import org.nixlab.model.Selector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "Forwards the port unless it is, prints the address, and opens a browser where there is one.",
            "",
            "Examples:",
            "  open web               port 80",
            "  open web:3000/login",
            "  open web:443           https",
        })
final class OpenCommand implements Action {
    private static final Pattern PLACE = Pattern.compile("([^:/]+)(?::(\\d+))?(/.*)?");

    @Parameters(index = "0", paramLabel = "MACHINE[:PORT][/PATH]", description = "What to open.")
    String place = "";

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        var lab = context.lab();
        var parts = PLACE.matcher(place);
        if (!parts.matches()) {
            throw LabException.input("'" + place + "' cannot be opened", "", "write web, web:8080 or web:8080/path");
        }
        var vm = MachineParameter.one(
                new Selector(parts.group(1)),
                lab,
                names -> LabException.input("open: '" + parts.group(1) + "' is more than one machine", "", "name one"));
        var target = GuestPort.parse(parts.group(2) == null ? "80" : parts.group(2));
        var forward = forward(lab, vm.declared().name(), target, timeout.deadline(lab, Lab.TimedWork.SCRIPT));
        var scheme = target.port() == 443 || target.port() == 8443 ? "https" : "http";
        var path = parts.group(3) == null ? "/" : parts.group(3);
        var address = scheme + "://" + forward.address() + ":" + forward.hostPort() + path;
        context.display().result(address);
        context.frontend().browse(address);
        return Outcome.of(address);
    }

    private static Forward forward(Lab lab, String machine, GuestPort target, Deadline deadline) {
        return lab.forwards().list(deadline).stream()
                .filter(forward -> forward.machine().equals(machine) && target.isTargetOf(forward))
                .findFirst()
                .orElseGet(() -> lab.forwards()
                        .add(new Forward(machine, target.host(), target.port(), "127.0.0.1", 0), deadline));
    }
}
