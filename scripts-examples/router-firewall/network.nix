# Two networks joined by a router: the office (VLAN 1) may use the servers
# (VLAN 2), the servers may not reach into the office.
{
  desk = { ... }: {
    virtualisation.vlans = [ 1 ];
    networking.interfaces.eth1.ipv4.addresses = [ { address = "10.1.0.10"; prefixLength = 24; } ];
    networking.interfaces.eth1.ipv4.routes = [ { address = "10.2.0.0"; prefixLength = 24; via = "10.1.0.1"; } ];
    networking.firewall.allowedTCPPorts = [ 8000 ];
  };

  router = { pkgs, ... }: {
    virtualisation.vlans = [ 1 2 ];
    networking.interfaces.eth1.ipv4.addresses = [ { address = "10.1.0.1"; prefixLength = 24; } ];
    networking.interfaces.eth2.ipv4.addresses = [ { address = "10.2.0.1"; prefixLength = 24; } ];
    boot.kernel.sysctl."net.ipv4.ip_forward" = 1;
    networking.firewall = {
      filterForward = true;
      extraForwardRules = ''
        iifname "eth1" oifname "eth2" tcp dport { 80 } accept
        iifname "eth1" oifname "eth2" icmp type echo-request accept
      '';
    };
  };

  server = { ... }: {
    virtualisation.vlans = [ 2 ];
    networking.interfaces.eth1.ipv4.addresses = [ { address = "10.2.0.10"; prefixLength = 24; } ];
    networking.interfaces.eth1.ipv4.routes = [ { address = "10.1.0.0"; prefixLength = 24; via = "10.2.0.1"; } ];
    services.httpd.enable = true;
    services.openssh.enable = true;
    networking.firewall.allowedTCPPorts = [ 80 ];
  };
}
