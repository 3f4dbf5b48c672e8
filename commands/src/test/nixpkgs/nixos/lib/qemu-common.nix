{ lib, pkgs }:

{
  qemuNICFlags = nic: net: machine: [
    "-device virtio-net-pci,netdev=vlan${toString nic},mac=52:54:00:12:0${toString net}:0${toString machine}"
  ];
}
