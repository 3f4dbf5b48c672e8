{
  gate = { ... }: {
    virtualisation.interfaces.wan = { vlan = 2; };
    virtualisation.useNixStoreImage = true;
    documentation.enable = false;
    boot.initrd.systemd.enable = true;
    networking.useNetworkd = true;
  };
}
