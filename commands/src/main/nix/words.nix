# The words by which the forms of files are told from one another.
rec {
  # What only a test says. The last are those of compositions of nixos-compose.
  test = [ "name" "meta" "nodes" "machine" "containers" "containerDefaults" "defaults" "nodeDefaults" "node" ]
    ++ [ "extraBaseModules" "extraBaseNodeModules" "testScript" "interactive" "passthru" "hostPkgs" "qemu" ]
    ++ [ "enableOCR" "enableDebugHook" "globalTimeout" "skipLint" "skipTypeCheck" "extraPythonPackages" "extraDriverArgs" ]
    ++ [ "requiredFeatures" "sshBackdoor" "imports" "options" "config" "_module" "_file" ]
    ++ compositions;
  compositions = [ "roles" "rolesDistribution" "dimensions" ];

  # Keys beside the machines of a network that are none: as NixOps has them, and what colmena has in the place of `network`.
  network = [ "network" "defaults" "require" "resources" "_file" ];
  hive = [ "name" "description" "nixpkgs" "nodeNixpkgs" "specialArgs" "nodeSpecialArgs" "machinesFile" "allowApplyAll" ];

  # What a module may consist of, and the groups of options of NixOS.
  module = [ "imports" "options" "config" "disabledModules" "_module" "_file" "_class" "key" "freeformType" "meta" "require" ];
  groups = [ "appstream" "assertions" "boot" "console" "containers" "deployment" "documentation" "ec2" "environment" ]
    ++ [ "fileSystems" "fonts" "gtk" "hardware" "home-manager" "i18n" "ids" "image" "isoImage" "jobs" "krb5" "lib" "location" ]
    ++ [ "networking" "nix" "nixops" "nixpkgs" "oci" "power" "powerManagement" "programs" "qt" "qt5" "security" "services" ]
    ++ [ "sound" "specialisation" "stubby" "swapDevices" "system" "systemd" "time" "users" "virtualisation" "warnings" ]
    ++ [ "xdg" "zramSwap" ];
}
