# Options of how NixOS is built, booted and switched, and of what only it has: a Debian guest does without all of these.
{ lib, ... }:

let
  inherit (lib) inert types;
  free = types.lazyAttrsOf types.anything;
  texts = types.listOf types.str;
in
{
  options = {
    specialisation = inert free { } "Variants of the system, which stays what it is without them.";
    containers = inert free { } "NixOS in containers of the machine; none is made.";
    testing = inert free { } "Ways of a test into the initial RAM disk.";

    system = {
      switch = inert free { } "Changing the system while it runs.";
      etc = inert free { } "How /etc is made.";
      image = inert free { } "The system as an image.";
      tools = inert free { } "Programs that build NixOS.";
      nixos-init = inert free { } "What starts the system.";
      rebuild = inert free { } "How the system is rebuilt.";
      includeBuildDependencies = inert types.bool false "Keep what the system was built with.";
      forbiddenDependenciesRegexes = inert texts [ ] "What the system must not depend on.";
      nssDatabases = inert free { } "Sources of names (nsswitch.conf).";
      nssModules = inert (types.listOf types.package) [ ] "Sources of names.";
      checks = inert (types.listOf types.raw) [ ] "What must be built for the system to be.";
    };

    boot = {
      memtest = inert free { } "A program that tests the memory.";
      iscsi-initiator = inert free { } "Disks in the network.";
      readOnlyNixStore = inert types.bool true "Keep everybody from writing to the store.";
      resumeDevice = inert types.str "" "Where a machine that slept deeply wakes from.";
      devSize = inert types.str "5%" "How large /dev may become.";
      shutdown = inert free { } "What is kept for the end.";
      uki = inert free { } "The kernel as one file.";
    };

    environment = {
      memoryAllocator = inert free { } "What programs take memory with.";
      stub-ld = inert free { } "What says that programs made for other systems do not run; here they do.";
    };

    services = {
      envfs = inert free { } "Programs at the places of other systems, where they are here.";
      lvm = inert free { } "Volumes at boot.";
      ntpd-rs = inert free { enable = false; } "Set the clock by the network; it follows the host's.";
      userborn = inert free { } "What makes the users.";
    };

    virtualisation = {
      useSecureBoot = inert types.bool false "Begin with nothing that is not signed.";
      qemu.drives = inert (types.listOf types.raw) [ ] "Disks.";
      qemu.networkingOptions = inert (types.listOf types.str) [ ] "Arguments of QEMU for eth0.";
      qemu.diskInterface = inert types.str "virtio" "How disks are attached.";
      qemu.consoles = inert (types.listOf types.str) [ ] "Consoles.";
      qemu.virtioKeyboard = inert types.bool true "The keyboard.";
      containers = inert free { enable = false; } "Settings of containers.";
      bios = inert types.raw null "Firmware.";
      rootDevice = inert (types.nullOr types.str) "/dev/vda" "Device of the root.";
      tpm = inert free { } "A chip for keys.";
      nixStore9pCache = inert types.raw null "Caching of the store.";
    };
  };
}
