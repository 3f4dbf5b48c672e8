package org.nixlab.machine.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.LabException;
import org.nixlab.talk.ShellWord;

import static java.util.Objects.requireNonNull;

/**
 * What can be waited for of TCP ports, seen from inside the guest. At addresses of its own nothing connects to them, so that a
 * server which serves once is not disturbed: the guest's table of sockets tells. What listens at an address of another
 * machine is found out by connecting.
 */
public final class PortConditions {
    private static final String LISTENERS = "ss -Hltn";
    private static final String LISTENERS_WITH_PROGRAMS = "ss -Hltnp";
    private static final List<String> LOCALHOST = List.of("127.0.0.1", "::1");
    private static final int MOST = 8;
    private static final int NO_ANSWER = 124;
    private static final Pattern OWN = Pattern.compile("\\binet6? ([^ /]+)");

    private final GuestLook look;
    private final int port;
    private final String address;
    private Optional<Place> place = Optional.empty();

    /**
     * @param address name or address, as the guest knows it
     * @throws LabException (usage) if there can be no such port
     */
    public PortConditions(GuestLook look, int port, String address) {
        this.look = requireNonNull(look, "look");
        this.port = port;
        this.address = requireNonNull(address, "address");
        if (port < 1 || port > 65535) {
            throw LabException.input("there is no port " + port, "", "ports are 1 to 65535");
        }
    }

    /** Something listens. */
    public Condition open() {
        return condition("", true);
    }

    /** Nothing listens any more. */
    public Condition closed() {
        return condition(" to be closed", false);
    }

    /**
     * @param own the guest's own addresses that are meant; none if another machine's are
     */
    private record Place(List<String> own) {}

    private Condition condition(String change, boolean wanted) {
        var where = address.equals("localhost") ? "" : " of " + address;
        return new Condition(
                        "port " + port + where + " on " + look.machine() + change,
                        () -> observe(wanted),
                        "exec " + look.machine() + " 'ss -ltnp' lists what listens")
                .explainedBy(() -> explanation(wanted));
    }

    private Observation observe(boolean wanted) {
        if (place.isEmpty()) {
            place = place();
            if (place.isEmpty()) {
                return new Observation(!wanted, address + " has no address");
            }
        }
        var own = place.get().own();
        if (own.isEmpty()) {
            var refusal = refusal();
            return new Observation(refusal.isEmpty() == wanted, refusal.orElse("open"));
        }
        boolean open = listeners(LISTENERS + " 'sport = :" + port + "'").stream()
                .anyMatch(listener -> listener.answersOn(own));
        return new Observation(open == wanted, open ? "open" : "nothing listens");
    }

    private List<Listener> listeners(String command) {
        return Listener.read(look.run(command).getOut());
    }

    /** Finds out whether the address is the guest's own. */
    private Optional<Place> place() {
        if (address.equals("localhost")) {
            return Optional.of(new Place(LOCALHOST));
        }
        if (address.equals("0.0.0.0") || address.equals("::")) {
            return Optional.of(new Place(List.of(address)));
        }
        var parts = look.run("getent ahosts " + ShellWord.quote(address) + "; echo; ip -o address")
                .getOut()
                .split("\n\n|^\n", 2);
        var meant =
                parts[0].lines().map(line -> line.split("\\s")[0]).distinct().toList();
        if (meant.isEmpty()) {
            return Optional.empty();
        }
        var all = OWN.matcher(parts[parts.length - 1])
                .results()
                .map(match -> match.group(1))
                .toList();
        var own = meant.stream()
                .filter(one -> one.startsWith("127.") || all.contains(one))
                .toList();
        return Optional.of(new Place(own.size() == meant.size() ? own : List.of()));
    }

    /** Connects to another machine's port; returns why that does not work, if it does not. */
    private Optional<String> refusal() {
        var target = ShellWord.quote("/dev/tcp/" + address + "/" + port);
        var result = look.run("timeout 5 bash -c ': <>\"$1\"' - " + target);
        if (result.succeeded()) {
            return Optional.empty();
        }
        var line = LastLine.of(result);
        return Optional.of(
                result.exitCode() == NO_ANSWER
                        ? "no answer; a firewall may drop it"
                        : line.substring(line.lastIndexOf(": ") + 1).strip());
    }

    private String explanation(boolean wanted) {
        if (place.isEmpty() || place.get().own().isEmpty()) {
            return "";
        }
        var lines = new ArrayList<String>();
        var all = listeners(LISTENERS_WITH_PROGRAMS);
        var there = all.stream().filter(listener -> listener.port() == port).toList();
        if (!there.isEmpty()) {
            lines.add("on that port there is " + Listener.words(there, MOST));
        } else if (wanted) {
            lines.add(all.isEmpty() ? "nothing listens at all" : "there is " + Listener.words(all, MOST));
        }
        if (wanted) {
            lines.add(
                    FirewallRules.read(look.run(FirewallRules.COMMAND).getOut()).words(port));
        }
        return String.join("\n", lines).strip();
    }
}
