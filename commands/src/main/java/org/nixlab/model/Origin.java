package org.nixlab.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/** Where a machine's system comes from. */
public sealed interface Origin {
    /** Returns what it is, for people. */
    String description();

    /** Returns the names of the units of systemd that the configuration defines or enables. */
    default Set<String> units() {
        return Set.of();
    }

    /** Returns the names of the accounts that the configuration declares. */
    default List<String> users() {
        return List.of();
    }

    /** Returns what the configuration wants the user to know. */
    default List<String> warnings() {
        return List.of();
    }

    /** Assembled from Debian packages. */
    record Debian(Configuration configuration) implements Origin {
        public Debian {
            requireNonNull(configuration, "configuration");
        }

        @Override
        public String description() {
            return "Debian";
        }

        @Override
        public Set<String> units() {
            return configuration.units();
        }

        @Override
        public List<String> users() {
            return configuration.users().stream().map(UserAccount::name).toList();
        }

        @Override
        public List<String> warnings() {
            return configuration.warnings();
        }
    }

    /**
     * Built by Nix from nixpkgs, as {@code nixos/modules/virtualisation/qemu-vm.nix} there says.
     *
     * @param release of the nixpkgs tree, such as {@code 24.11}
     * @param derivation store path of what is to be built ({@code system.build.vm})
     * @param output store path of what the build gives
     * @param script the start script in it
     * @param kernel what the machine boots; there with the output
     * @param programs directory in the machine with the programs of its channels
     * @param canChecksum whether a fast checksum is among them
     * @param needs what Nix builds beside the machine, because whoever uses it needs it
     * @param units names of the units of systemd that the configuration enables
     * @param users names of the accounts the configuration declares
     * @param warnings what the configuration wants the user to know
     */
    record Nixos(
            String release,
            String derivation,
            Path output,
            Path script,
            Path kernel,
            String programs,
            boolean canChecksum,
            List<Need> needs,
            Set<String> units,
            List<String> users,
            List<String> warnings)
            implements Origin {
        public Nixos {
            requireNonNull(release, "release");
            requireNonNull(derivation, "derivation");
            requireNonNull(output, "output");
            requireNonNull(script, "script");
            requireNonNull(kernel, "kernel");
            requireNonNull(programs, "programs");
            needs = List.copyOf(needs);
            units = Set.copyOf(units);
            users = List.copyOf(users);
            warnings = List.copyOf(warnings);
        }

        @Override
        public String description() {
            return "NixOS " + release;
        }
    }

    /**
     * Something that Nix builds.
     *
     * @param derivation store path of what is to be built
     * @param output store path of what the build gives
     */
    record Need(String derivation, Path output) {
        public Need {
            requireNonNull(derivation, "derivation");
            requireNonNull(output, "output");
        }
    }

    /** Built by somebody else; nothing is known of it but the script that starts it. */
    record Foreign(Path script) implements Origin {
        public Foreign {
            requireNonNull(script, "script");
        }

        @Override
        public String description() {
            return script.toString();
        }
    }
}
