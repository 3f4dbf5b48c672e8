# Options of images of disks, of installation media and of clouds: a Debian guest is none of them.
{ lib, ... }:

let
  inherit (lib) inert types;
  free = types.lazyAttrsOf types.anything;
in
{
  options = lib.genAttrs [ "amazonImage" "ec2" "image" "isoImage" "netboot" "oci" "openstack" "proxmox" "proxmoxLXC" "sdImage" "virtualbox" "vmware" ]
    (_: inert free { } "Settings of an image.") // {
    boot.growPartition = inert types.bool false "Let the root grow to its disk.";
    services.cloud-init = inert free { } "Settings that a cloud gives the machine.";
    virtualisation = {
      azureImage = inert free { } "Settings of an image.";
      digitalOcean = inert free { } "Settings of an image.";
      digitalOceanImage = inert free { } "Settings of an image.";
      host = inert free { } "The host that the virtual machine is started on.";
      googleComputeImage = inert free { } "Settings of an image.";
      hypervGuest = inert free { } "Programs for a guest of Hyper-V.";
      virtualbox.guest = inert free { } "Programs for a guest of VirtualBox.";
      vmware.guest = inert free { } "Programs for a guest of VMware.";

      # The disks and the firmware of the virtual machines of NixOS.
      bootPartition = inert types.raw null "Device of the boot loader.";
      directBoot = inert free { } "Begin with the kernel itself.";
      diskImage = inert (types.nullOr types.str) null "File of the disk.";
      efi = inert free { } "UEFI firmware.";
      installBootLoader = inert types.bool false "Put a boot loader on the disk.";
      msize = inert types.ints.positive 16384 "Size of messages about shared directories.";
      qemu.package = inert types.raw null "QEMU, which is the host's.";
      useBootLoader = inert types.bool false "Begin with a boot loader on the machine's disk.";
      useDefaultFilesystems = inert types.bool true "Make the file systems of the disk.";
      useEFIBoot = inert types.bool false "Begin with UEFI firmware.";
    };
  };
}
