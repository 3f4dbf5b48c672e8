# Options of how NixOS is built, booted and switched, and of what only it has: a Debian guest does without all of these.
{ lib, ... }:

let
  inherit (lib) idle inert types;
  texts = types.listOf types.str;
in
{
  options = {
    specialisation = inert (types.lazyAttrsOf types.anything) { } "Variants of the system, which stays what it is without them.";
    containers = inert (types.lazyAttrsOf types.anything) { } "NixOS in containers of the machine; none is made.";
    testing = idle "Ways of a test into the initial RAM disk.";

    system = {
      switch = idle "Changing the system while it runs.";
      etc = idle "How /etc is made.";
      image = idle "The system as an image.";
      tools = idle "Programs that build NixOS.";
      nixos-init = idle "What starts the system.";
      rebuild = idle "How the system is rebuilt.";
      includeBuildDependencies = inert types.bool false "Keep what the system was built with.";
      forbiddenDependenciesRegexes = inert texts [ ] "What the system must not depend on.";
      nssDatabases = inert (types.lazyAttrsOf types.anything) { } "Sources of names (nsswitch.conf).";
      nssModules = inert (types.listOf types.package) [ ] "Sources of names.";
      checks = inert (types.listOf types.raw) [ ] "What must be built for the system to be.";
    };

    boot = {
      memtest = idle "A program that tests the memory.";
      iscsi-initiator = idle "Disks in the network.";
      readOnlyNixStore = inert types.bool true "Keep everybody from writing to the store.";
      resumeDevice = inert types.str "" "Where a machine that slept deeply wakes from.";
      devSize = inert types.str "5%" "How large /dev may become.";
      shutdown = idle "What is kept for the end.";
      uki = idle "The kernel as one file.";
    };

    environment = {
      memoryAllocator = idle "What programs take memory with.";
      stub-ld = idle "What says that programs made for other systems do not run; here they do.";
    };

    services = {
      envfs = idle "Programs at the places of other systems, where they are here.";
      lvm = idle "Volumes at boot.";
      ntpd-rs = idle "Set the clock by the network; it follows the host's.";
      userborn = idle "What makes the users.";
    };

    virtualisation = {
      useSecureBoot = inert types.bool false "Begin with nothing that is not signed.";
      qemu.drives = inert (types.listOf types.raw) [ ] "Disks.";
      qemu.networkingOptions = inert (types.listOf types.str) [ ] "Arguments of QEMU for eth0.";
      qemu.diskInterface = inert types.str "virtio" "How disks are attached.";
      qemu.consoles = inert (types.listOf types.str) [ ] "Consoles.";
      qemu.virtioKeyboard = inert types.bool true "The keyboard.";
      containers = idle "Settings of containers.";
      bios = inert types.raw null "Firmware.";
      rootDevice = inert (types.nullOr types.str) "/dev/vda" "Device of the root.";
      tpm = idle "A chip for keys.";
      nixStore9pCache = inert types.raw null "Caching of the store.";
    };
  };
}
