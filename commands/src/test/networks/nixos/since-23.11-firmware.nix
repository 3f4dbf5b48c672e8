{
  small = { lib, ... }: {
    nixpkgs.hostPlatform = "i686-linux";
    boot.initrd.systemd.enable = true;
    virtualisation.useNixStoreImage = true;
    documentation.enable = false;
  };
  safe = { virtualisation.useEFIBoot = true; };
  bare = { virtualisation.diskImage = null; virtualisation.emptyDiskImages = [ 64 128 ]; };
}
