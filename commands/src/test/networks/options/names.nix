# Names and addresses: dnsmasq with DHCP, BIND with zones, and who asks them.
let
  at = last: [{ address = "10.3.0.${toString last}"; prefixLength = 24; }];
in
{
  dns = { lib, pkgs, ... }: {
    virtualisation.vlans = [ 3 ];
    networking.interfaces.eth1.ipv4.addresses = lib.mkForce (at 1);
    networking.firewall.allowedTCPPorts = [ 53 ];
    networking.firewall.allowedUDPPorts = [ 53 ];
    networking.nameservers = [ "10.0.2.3" ];
    services.bind = {
      enable = true;
      package = null;
      ipv4Only = true;
      cacheNetworks = [ "127.0.0.0/8" "10.3.0.0/24" ];
      blockedNetworks = [ "10.3.0.66/32" ];
      forwarders = [ "127.0.0.5" ];
      forward = "only";
      listenOn = [ "any" ];
      listenOnIpv6 = [ "none" ];
      directory = "/run/named";
      extraConfig = "statistics-channels { inet 127.0.0.1 port 8053; };";
      extraOptions = "dnssec-validation no;\nversion \"mine\";";
      extraArgs = [ "-n" "1" ];
      zones = {
        "zone.test" = {
          name = "zone.test";
          master = true;
          file = ./files/zone.test;
          slaves = [ "10.3.0.2" ];
          allowQuery = [ "any" ];
          extraConfig = "notify yes;\nalso-notify { 10.3.0.2; };";
        };
      };
    };
  };

  # Copies the zone of the first, from a configuration of its own making and one as a list.
  copy = { lib, ... }: {
    virtualisation.vlans = [ 3 ];
    networking.interfaces.eth1.ipv4.addresses = lib.mkForce (at 2);
    networking.firewall.allowedTCPPorts = [ 53 ];
    networking.firewall.allowedUDPPorts = [ 53 ];
    services.bind = {
      enable = true;
      extraOptions = "dnssec-validation no;";
      zones = [ { name = "zone.test"; master = false; file = "/run/named/zone.test"; masters = [ "10.3.0.1" ]; } ];
    };
  };

  own = { pkgs, ... }: {
    services.bind.enable = true;
    services.bind.configFile = pkgs.writeText "named.conf" ''
      options { directory "/run/named"; pid-file "/run/named/named.pid"; listen-on { 127.0.0.1; }; recursion no; version "own-file"; };
    '';
  };

  masq = { lib, ... }: {
    virtualisation.vlans = [ 3 ];
    networking.interfaces.eth1.ipv4.addresses = lib.mkForce (at 3);
    networking.firewall.allowedUDPPorts = [ 53 67 ];
    services.dnsmasq = {
      enable = true;
      package = null;
      resolveLocalQueries = true;
      alwaysKeepRunning = true;
      settings = {
        server = [ "/zone.test/10.3.0.1" ];
        interface = "eth1";
        dhcp-range = [ "10.3.0.100,10.3.0.150,1h" ];
        address = [ "/fixed.test/10.3.0.77" ];
        no-hosts = true;
        bogus-priv = false;
      };
      extraConfig = "txt-record=note.test,hello";
    };
  };

  masq-own = { pkgs, ... }: {
    services.dnsmasq = { enable = true; resolveLocalQueries = false; configFile = pkgs.writeText "dnsmasq.conf" "port=53\nno-resolv\naddress=/own.test/10.3.0.88\n"; };
  };

  client = { lib, pkgs, ... }: {
    virtualisation.vlans = [ 3 ];
    networking.interfaces.eth1.ipv4.addresses = lib.mkForce [ ];
    networking.interfaces.eth1.useDHCP = true;
    networking.useDHCP = true;
    networking.dhcpcd.enable = true;
    networking.dhcpcd.extraConfig = "nohook resolv.conf";
    environment.systemPackages = [ pkgs.dnsutils ];
  };
}
