# Interfaces, routes, names, firewall and address translation, seen from several sides.
{
  # Machines are numbered by their names: bridge 1, gate 2, inner 3, outer 4.

  # Between the inner network (VLAN 1) and the outer (VLAN 2).
  gate = { lib, pkgs, ... }: {
    virtualisation.vlans = [ 1 2 ];
    networking = {
      hostName = "gate";
      domain = "inner.test";
      nat = {
        enable = true;
        externalInterface = "eth2";
        externalIP = "192.168.2.2";
        internalInterfaces = [ "eth1" ];
        internalIPs = [ "192.168.1.0/24" ];
        internalIPv6s = [ "2001:db8:1::/64" ];
        enableIPv6 = true;
        forwardPorts = [ { sourcePort = 8080; destination = "192.168.1.3:80"; proto = "tcp"; loopbackIPs = [ "192.168.2.2" ]; } ];
        dmzHost = "192.168.1.3";
      };
      firewall = {
        enable = true;
        filterForward = true;
        extraForwardRules = "iifname \"eth1\" accept";
        extraStopCommands = "touch /run/firewall-stopped";
        autoLoadConntrackHelpers = false;
        package = null;
        extraPackages = [ ];
        logRefusedUnicastsOnly = true;
        logReversePathDrops = false;
      };
      # The rest has no effect, and is accepted.
      hostId = "deadbeef";
      networkmanager.enable = false;
      timeServers = [ "time.test" ];
      useNetworkd = false;
      usePredictableInterfaceNames = false;
      interfaces.eth1.wakeOnLan.enable = false;
      nftables.checkRuleset = true;
      nftables.flushRuleset = false;
      bridges = { };
    };
  };

  inner = { lib, pkgs, config, ... }: {
    networking = {
      defaultGateway = { address = "192.168.1.2"; interface = "eth1"; metric = 5; source = "192.168.1.3"; };
      defaultGateway6 = { address = "2001:db8:1::2"; interface = "eth1"; metric = 6; source = "2001:db8:1::3"; };
      firewall = {
        allowPing = true;
        pingLimit = "10/second";
        allowedTCPPorts = [ 80 ];
        allowedUDPPorts = [ 81 ];
        allowedTCPPortRanges = [ { from = 90; to = 92; } ];
        allowedUDPPortRanges = [ { from = 93; to = 94; } ];
        interfaces.eth1 = {
          allowedTCPPorts = [ 100 ];
          allowedUDPPorts = [ 101 ];
          allowedTCPPortRanges = [ { from = 102; to = 103; } ];
          allowedUDPPortRanges = [ { from = 104; to = 105; } ];
        };
        extraInputRules = "tcp dport 110 accept";
        rejectPackets = true;
        logRefusedConnections = true;
        logRefusedPackets = true;
        checkReversePath = "loose";
      };
      nftables = {
        enable = true;
        ruleset = "table inet mine { }";
        rulesetFile = ./files/rules.nft;
        tables.extra = { enable = true; name = "extra-table"; family = "inet"; content = "chain none { }"; };
      };
      nameservers = [ "192.168.1.2" ];
      search = [ "inner.test" "outer.test" ];
      resolvconf.enable = true;
      resolvconf.extraOptions = [ "ndots:2" ];
      hosts."192.0.2.1" = [ "printer" ];
      extraHosts = "192.0.2.2 scanner";
      hostFiles = [ ./files/hosts ];
      localCommands = "touch /run/local-commands";
      interfaces.eth1 = {
        ipv4.addresses = [ { address = "10.1.0.2"; prefixLength = 24; } ];
        ipv4.routes = [ { address = "10.9.0.0"; prefixLength = 16; via = "192.168.1.2"; options.metric = "9"; } { address = "10.8.0.0"; prefixLength = 16; type = "blackhole"; } ];
        ipv6.addresses = [ { address = "fd00::2"; prefixLength = 64; } ];
        ipv6.routes = [ { address = "fd09::"; prefixLength = 32; via = "2001:db8:1::2"; options.metric = "9"; } { address = "fd08::"; prefixLength = 32; type = "unicast"; } ];
        mtu = 1400;
      };
    };
    services.nginx.enable = true;
    environment.etc.fqdn.text = "${config.networking.fqdnOrHostName}";
  };

  outer = { config, ... }: {
    virtualisation.vlans = [ 2 ];
    networking = {
      domain = "outer.test";
      enableIPv6 = false;
      firewall.trustedInterfaces = [ "eth1" ];
      firewall.allowPing = false;
    };
    services.nginx.enable = true;
    environment.etc.fqdn.text = "${config.networking.fqdn}";
  };

  # Bridges, VLANs, virtual interfaces, named cards.
  bridge = { lib, ... }: {
    virtualisation.vlans = [ 1 2 ];
    virtualisation.interfaces.lan = { name = "lan"; vlan = 7; assignIP = true; };
    networking = {
      firewall.enable = false;
      bridges.br0 = { interfaces = [ "eth1" ]; rstp = false; };
      vlans.tagged = { id = 44; interface = "eth2"; };
      interfaces.eth1.ipv4.addresses = lib.mkForce [ ];
      interfaces.eth1.useDHCP = false;
      interfaces.br0 = { ipv4.addresses = [ { address = "192.168.1.50"; prefixLength = 24; } ]; macAddress = "02:00:00:00:00:50"; };
      interfaces.tagged.ipv4.addresses = [ { address = "10.44.0.1"; prefixLength = 24; } ];
      interfaces.tap9 = { virtual = true; virtualType = "tap"; name = "tap9"; ipv4.addresses = [ { address = "10.45.0.1"; prefixLength = 24; } ]; };
      interfaces.eth9.ipv4.addresses = [ { address = "10.46.0.1"; prefixLength = 24; } ];
    };
  };
}
