# modules: bind
{
  ns = { ... }: {
    services.bind = {
      enable = true;
      forwarders = [ ];
      zones = [ ];
    };
    networking.firewall.allowedUDPPorts = [ 53 ];
  };
  client = { pkgs, ... }: {
    environment.systemPackages = [ pkgs.curl pkgs.tcpdump ];
    virtualisation.graphics = false;
  };
}
