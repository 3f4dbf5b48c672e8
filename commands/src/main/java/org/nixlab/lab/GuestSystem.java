package org.nixlab.lab;

/** What the machines run ({@code --guest}). */
public enum GuestSystem {
    NIXOS("NixOS"),
    DEBIAN("Debian"),
    AUTO("auto");

    private final String shown;

    GuestSystem(String shown) {
        this.shown = shown;
    }

    /** Returns its name for people. */
    String shown() {
        return shown;
    }
}
