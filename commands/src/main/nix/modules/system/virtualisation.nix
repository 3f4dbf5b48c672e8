# The virtual hardware.
{ config, lib, machine, name, options, ... }:

let
  inherit (lib) mkOption option types;
  cfg = config.virtualisation;
  endpoint = what: default: {
    address = option types.str default "The address ${what}.";
    port = mkOption { type = types.port; description = "The port ${what}."; };
  };
in
{
  imports = [
    (lib.mkRenamedOptionModule [ "virtualisation" "qemu" "cores" ] [ "virtualisation" "cores" ])
    # NixOS parts what is mounted in a virtual machine from what is mounted where the same configuration runs else.
    (lib.mkAliasOptionModule [ "virtualisation" "fileSystems" ] [ "fileSystems" ])
    (lib.mkAliasOptionModule [ "virtualisation" "additionalPaths" ] [ "system" "extraDependencies" ])
  ];

  options.virtualisation = {
    memorySize = option types.ints.positive 1024 "Memory of the machine in MiB.";
    cores = option types.ints.positive 1 "Number of processors of the machine.";
    diskSize = option (types.either types.ints.positive (types.enum [ "auto" ])) 1024
      "Size of the machine's own disk in MiB. It holds what the machine writes; the system itself takes nothing from it.";
    vlans = option (types.listOf types.ints.u8) (if cfg.interfaces == { } then [ 1 ] else [ ])
      "The virtual networks that the machine is connected to: the first is eth1, the second eth2. On network N the machine with index M has the address 192.168.N.M."
      // { defaultText = "[ 1 ]"; example = [ 1 2 ]; };
    interfaces = option
      (types.attrsOf (types.submodule ({ name, ... }: {
        options = {
          name = option types.str name "Name of the interface.";
          vlan = mkOption { type = types.ints.u8; description = "The virtual network it is connected to."; };
          assignIP = option types.bool false "Whether to give it an address by the scheme of `virtualisation.vlans`.";
        };
      })))
      { }
      "Further network interfaces, with names of their own.";
    graphics = option types.bool false "Whether to show the machine's screen in a window.";
    resolution = option (types.submodule {
      options = {
        x = option types.ints.positive 1024 "Width in pixels.";
        y = option types.ints.positive 768 "Height in pixels.";
      };
    }) { } "Size of the machine's screen where `virtualisation.graphics` is on.";
    restrictNetwork = option types.bool false "Whether to keep the machine from reaching the outside through eth0.";
    forwardPorts = option
      (types.listOf (types.submodule {
        options = {
          from = option (types.enum [ "host" "guest" ]) "host" "Who opens the connections.";
          proto = option (types.enum [ "tcp" "udp" ]) "tcp" "The protocol.";
          host = endpoint "on the host" "";
          guest = endpoint "in the guest" "";
        };
      }))
      [ ]
      "Ports of the host that lead into the machine, or (`from = \"guest\"`) the other way round."
      // { example = [{ from = "host"; host.port = 2222; guest.port = 22; }]; };
    sharedDirectories = option
      (types.attrsOf (types.submodule {
        options = {
          source = mkOption { type = types.str; description = "The directory on the host; may hold shell variables."; };
          target = mkOption { type = types.path; description = "Where the machine sees it."; };
          securityModel = option (types.enum [ "passthrough" "mapped-xattr" "mapped-file" "none" ]) "none" "How QEMU keeps owners and modes.";
        };
      }))
      { }
      "Directories of the host to mount in the machine.";
    emptyDiskImages = option
      (types.listOf (types.coercedTo types.ints.positive (size: { inherit size; }) (types.submodule {
        options = {
          size = mkOption { type = types.ints.positive; description = "Size in MiB."; };
          driveConfig = lib.inert types.anything { } "Details of the drive.";
        };
      })))
      [ ]
      "Sizes (in MiB) of further, empty disks: /dev/vdb and on." // { example = [ 512 ]; };
    qemu.options = option (types.listOf types.str) [ ] "Further arguments for QEMU." // { example = [ "-device virtio-rng-pci" ]; };
    writableStore = lib.inert types.bool true "Let the machine write to its store.";
    writableStoreUseTmpfs = lib.inert types.bool true "Keep that in memory.";
    useNixStoreImage = lib.inert types.bool false "Put the store on a disk of its own.";
    mountHostNixStore = lib.inert types.bool true "Take the store from the host.";
    useHostCerts = lib.inert types.bool false "Trust what the host trusts.";
    qemu.guestAgent.enable = lib.inert types.bool false "QEMU's guest agent.";
    test.nodeName = lib.internal types.str name;
    test.nodeNumber = lib.internal types.int machine.index;
  };
}
