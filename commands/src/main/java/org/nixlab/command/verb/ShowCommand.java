package org.nixlab.command.verb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.nixlab.base.LabException;
import org.nixlab.command.Action;
import org.nixlab.command.Context;
import org.nixlab.command.Outcome;
import org.nixlab.command.Session;
import org.nixlab.command.display.Listing;
import org.nixlab.command.display.ProgressDisplay;
import org.nixlab.command.display.Style;
import org.nixlab.command.text.Json;
import org.nixlab.command.text.NixText;
import org.nixlab.model.InterfaceAddress;
import org.nixlab.model.Machine;
import org.nixlab.model.NetworkInterface;
import org.nixlab.model.PortForward;
import org.nixlab.model.option.AttributePath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        footer = {
            "",
            "What is no data is named in guillemets: «function», «derivation NAME», «not set», «more» for what is deeper.",
            "",
            "Examples:",
            "  show web                              what it is declared to be",
            "  show web config services.httpd        a part of its configuration, with what nobody set",
            "  show web config networking.hostName",
            "  show web config --depth 1             the names of everything there is",
            "  show web config services.httpd -o json",
        })
final class ShowCommand implements Action {
    private static final String CONFIGURATION = "config";

    @Mixin
    final MachineParameter machine = new MachineParameter();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "config",
            description = "Show its evaluated configuration instead.")
    Optional<String> what = Optional.empty();

    @Parameters(index = "2", arity = "0..1", paramLabel = "PATH", description = "Which part of the configuration.")
    Optional<String> path = Optional.empty();

    @Option(names = "--depth", paramLabel = "N", description = "How many sets deep to show it; otherwise 5.")
    Optional<Integer> depth = Optional.empty();

    @Mixin
    final OutputOption output = new OutputOption();

    @Mixin
    final TimeoutOption timeout = new TimeoutOption();

    @Override
    public Outcome run(Context context) {
        check();
        var out = context.display().out();
        try (var progress = ProgressDisplay.of(context.display())) {
            var lab = context.lab(progress);
            var declared = machine.machine(lab).declared();
            if (what.isEmpty()) {
                var facts = facts(declared);
                out.print(output.format == Listing.Format.JSON ? Json.text(facts) + "\n" : text(facts, out.style()));
                return Outcome.of(facts);
            }
            var value = lab.configuration(
                    declared.name(),
                    AttributePath.parse(path.orElse("")),
                    depth.orElse(path.isPresent() ? 5 : 1),
                    progress,
                    timeout.deadline(Session.LOADING));
            out.print((output.format == Listing.Format.JSON ? Json.text(value) : NixText.of(value)) + "\n");
            return Outcome.of(value);
        }
    }

    private void check() {
        if (what.isPresent() && !what.get().equals(CONFIGURATION)) {
            throw LabException.input(
                    "'" + what.get() + "' of a machine cannot be shown",
                    "",
                    "show MACHINE, or show MACHINE config PATH");
        }
        if (depth.isPresent() && depth.get() < 1) {
            throw LabException.input("a depth of " + depth.get() + " shows nothing", "--depth", "");
        }
    }

    private static Map<String, Object> facts(Machine machine) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("machine", machine.name());
        facts.put("guest", machine.origin().description());
        facts.put("system", machine.system().nixName());
        facts.put("hostName", machine.identity().hostName());
        facts.put("fqdn", machine.identity().fqdn());
        facts.put("tags", machine.identity().tags());
        facts.put("memoryMiB", machine.hardware().memorySize());
        facts.put("cores", machine.hardware().cores());
        facts.put(
                "interfaces",
                machine.interfaces().stream().map(ShowCommand::card).toList());
        facts.put(
                "forwardPorts",
                machine.hardware().forwardPorts().stream()
                        .map(ShowCommand::port)
                        .toList());
        facts.put("users", machine.users());
        facts.put("units", machine.units());
        return facts;
    }

    private static Map<String, Object> card(NetworkInterface card) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("name", card.name());
        facts.put("vlan", card.vlan());
        facts.put("mac", card.mac());
        facts.put(
                "addresses",
                card.addresses().stream().map(InterfaceAddress::toString).toList());
        return facts;
    }

    private static String port(PortForward forward) {
        var host = "host " + forward.host().address() + ":" + forward.host().port();
        var guest = "guest " + forward.guest().address() + ":" + forward.guest().port();
        return forward.protocol() + " " + (forward.fromHost() ? host + " to " + guest : guest + " to " + host);
    }

    private static String text(Map<String, Object> facts, Style style) {
        var text = new StringBuilder();
        facts.forEach((name, value) -> text.append(style.bold((name + ":" + " ".repeat(16)).substring(0, 16)))
                .append(line(value))
                .append("\n"));
        return text.toString();
    }

    private static String line(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(ShowCommand::line).collect(Collectors.joining(" "))
                : value instanceof Map<?, ?> map
                        ? map.values().stream().map(ShowCommand::line).collect(Collectors.joining(" ", "[", "]"))
                        : String.valueOf(value);
    }
}
