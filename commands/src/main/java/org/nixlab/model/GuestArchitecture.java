package org.nixlab.model;

import java.util.Optional;

/** The processor a machine has: Nix's name of it, Debian's, and the kernel's ({@code uname -m}). */
public enum GuestArchitecture {
    X86_64("x86_64-linux", "amd64", "x86_64"),
    I686("i686-linux", "i386", "i686");

    private final String nixName;
    private final String debianName;
    private final String kernelName;

    GuestArchitecture(String nixName, String debianName, String kernelName) {
        this.nixName = nixName;
        this.debianName = debianName;
        this.kernelName = kernelName;
    }

    public static Optional<GuestArchitecture> ofNix(String nixName) {
        for (var architecture : values()) {
            if (architecture.nixName.equals(nixName)) {
                return Optional.of(architecture);
            }
        }
        return Optional.empty();
    }

    public String nixName() {
        return nixName;
    }

    public String debianName() {
        return debianName;
    }

    public String kernelName() {
        return kernelName;
    }
}
