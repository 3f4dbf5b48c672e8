{ lib, name, modulesPath, ... }:
{
  imports = [ (modulesPath + "/virtualisation/qemu-vm.nix") ];
  networking.hostName = lib.mkDefault name;
  virtualisation.memorySize = 512;
}
