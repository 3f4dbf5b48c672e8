{
  old = { pkgs, ... }: {
    services.nixosManual.enable = false;
    networking.interfaces.eth1.ip4 = pkgs.lib.mkOverride 0 [ { address = "192.168.1.77"; prefixLength = 24; } ];
    users.extraUsers.bob = { isNormalUser = true; };
    services.openssh.permitRootLogin = "yes";
    services.httpd = { enable = true; adminAddr = "admin@example.net"; documentRoot = "/var/www"; };
  };
}
