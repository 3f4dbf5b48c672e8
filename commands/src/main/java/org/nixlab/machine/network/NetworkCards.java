package org.nixlab.machine.network;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.machine.Vm;
import org.nixlab.model.NetworkInterface;

import static java.util.Objects.requireNonNull;

/** The network cards of a machine, whose cables are pulled and plugged in again. The guest sees that its link is down. */
public final class NetworkCards {
    private static final Pattern CARD =
            Pattern.compile("(?m)^[\\s\\\\]*([^\\s:]+): .*\\btype=nic\\b.*\\bmacaddr=([0-9A-Fa-f:]+)");

    private final Vm vm;

    public NetworkCards(Vm vm) {
        this.vm = requireNonNull(vm, "vm");
    }

    /**
     * A card as QEMU knows it.
     *
     * @param name QEMU's name of it
     * @param mac its hardware address, as the guest has set it
     */
    record Card(String name, String mac) {
        static List<Card> read(String infoNetwork) {
            return CARD.matcher(infoNetwork)
                    .results()
                    .map(match -> new Card(match.group(1), match.group(2)))
                    .toList();
        }
    }

    /**
     * Pulls the cable of a card or plugs it in.
     *
     * @param which an interface, such as {@code eth1}, or the number of a VLAN; the first VLAN's without one
     * @param up whether it is plugged in then
     * @throws LabException (usage) if the machine has no such card
     */
    public void link(Optional<String> which, boolean up, Deadline deadline) {
        var cards = Card.read(vm.monitor().hmp("info network", deadline));
        var card = card(which, cards);
        vm.monitor().qmp("set_link {\"name\": \"" + card.name() + "\", \"up\": " + up + "}", deadline);
    }

    private Card card(Optional<String> which, List<Card> cards) {
        var wanted = which.orElseGet(() -> first());
        var declared = vm.declared().interfaces();
        for (int i = 0; i < declared.size(); i++) {
            var candidate = declared.get(i);
            if (candidate.name().equals(wanted)
                    || Integer.toString(candidate.vlan()).equals(wanted)) {
                return card(candidate, i + 1, cards);
            }
        }
        // The one that leads outside comes first; machines that somebody else built number their cards like that, too.
        var numbered = Pattern.compile("eth(\\d{1,3})").matcher(wanted);
        if (numbered.matches() && Integer.parseInt(numbered.group(1)) < cards.size()) {
            return cards.get(Integer.parseInt(numbered.group(1)));
        }
        throw none(wanted);
    }

    private String first() {
        return vm.declared().interfaces().stream()
                .findFirst()
                .map(NetworkInterface::name)
                .orElse("eth1");
    }

    /** A guest may have given its card another address. */
    private Card card(NetworkInterface wanted, int place, List<Card> cards) {
        return cards.stream()
                .filter(card -> card.mac().equalsIgnoreCase(wanted.mac()))
                .findFirst()
                .or(() -> place < cards.size() ? Optional.of(cards.get(place)) : Optional.empty())
                .orElseThrow(() -> none(wanted.name()));
    }

    private LabException none(String wanted) {
        var names = Stream.concat(
                        Stream.of("eth0"), vm.declared().interfaces().stream().map(NetworkInterface::name))
                .toList();
        return LabException.input(
                vm.declared().name() + " has no interface '" + wanted + "'",
                "",
                "it has " + String.join(", ", names) + "; a number is a VLAN");
    }
}
