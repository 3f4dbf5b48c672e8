{
  test1 = { pkgs, ... }: {
    networking.firewall.allowedTCPPorts = [ 80 "443" ];
  };
}
