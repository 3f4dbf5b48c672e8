{
  staged = { boot.initrd.systemd.enable = true; documentation.enable = false; };
  early = { boot.initrd.systemd.enable = true; testing.initrdBackdoor = true; };
  image = { virtualisation.useNixStoreImage = true; virtualisation.writableStore = false; };
}
