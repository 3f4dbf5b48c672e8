package org.nixlab.lab;

/** What the machines run ({@code --guest}). */
public enum GuestSystem {
    NIXOS,
    DEBIAN,
    AUTO
}
