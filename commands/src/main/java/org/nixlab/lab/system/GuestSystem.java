package org.nixlab.lab.system;

import java.util.Locale;
import java.util.function.Function;

/** What the machines run ({@code --guest}). */
public enum GuestSystem {
    DEBIAN("Debian", DebianWorkshop::new),
    NIXOS("NixOS", NixosWorkshop::new),
    /** Whichever can be had ({@code GuestChoice}); where nobody has chosen yet, the one that every host has. */
    AUTO("auto", DebianWorkshop::new);

    private final String shown;
    private final Function<Host, GuestWorkshop> workshop;

    GuestSystem(String shown, Function<Host, GuestWorkshop> workshop) {
        this.shown = shown;
        this.workshop = workshop;
    }

    /** Returns what it is called on command lines. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns its name for people. */
    public String shown() {
        return shown;
    }

    /** Makes what its machines are made with. */
    public GuestWorkshop workshop(Host host) {
        return workshop.apply(host);
    }
}
