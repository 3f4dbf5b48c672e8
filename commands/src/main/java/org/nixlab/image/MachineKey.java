package org.nixlab.image;

import java.util.TreeMap;
import java.util.TreeSet;

import org.nixlab.image.cache.Hash;
import org.nixlab.model.Configuration;
import org.nixlab.model.Hardware;
import org.nixlab.model.Machine;
import org.nixlab.model.Origin;
import org.nixlab.model.StoreItem;

/**
 * Sums up everything a machine was declared to be. Texts of records serve where the order in them is fixed; sets and maps
 * are sorted, because theirs differs from one run of the JVM to the next. Paths of the Nix store are named after what
 * they hold, so that the files themselves need not be read.
 */
public final class MachineKey {
    private MachineKey() {}

    /** Returns a short text that is another one if the machine was declared to be anything else. */
    public static String text(Machine machine) {
        return of(machine) + " " + hardware(machine, machine.hardware().withoutSystem());
    }

    /** Returns whether two machines with these texts differ in nothing that QEMU would have to be started again for. */
    public static boolean isSameHardware(String text, String other) {
        return text.substring(text.indexOf(' ') + 1).equals(other.substring(other.indexOf(' ') + 1));
    }

    private static Hash hardware(Machine machine, Hardware hardware) {
        return new Hash()
                .add(machine.name())
                .add(machine.system().nixName())
                .add(hardware.toString())
                .add(machine.interfaces().toString());
    }

    static Hash of(Machine machine) {
        var hash = hardware(machine, machine.hardware()).add(machine.identity().toString());
        if (machine.origin() instanceof Origin.Debian debian) {
            add(debian.configuration(), hash);
        } else if (machine.origin() instanceof Origin.Nixos nixos) {
            // The rest of it follows from what is built.
            hash.add(nixos.derivation());
        } else if (machine.origin() instanceof Origin.Foreign foreign) {
            hash.add(foreign.script().toString());
        }
        return hash;
    }

    private static void add(Configuration configuration, Hash hash) {
        hash.add(configuration.packages())
                .add(configuration.files().toString())
                .add(configuration.users().toString())
                .add(configuration.groups().toString())
                .add(new TreeSet<>(configuration.units()));
        configuration.store().forEach(item -> hash.add(text(item)));
    }

    private static String text(StoreItem item) {
        return item instanceof StoreItem.Links links ? links.path() + new TreeMap<>(links.links()) : item.toString();
    }
}
