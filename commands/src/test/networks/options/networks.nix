# Interfaces, routes, names, firewall and address translation, seen from several sides.
{
  # Machines are numbered by their names: bridge 1, gate 2, inner 3, outer 4, served 5.

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
      wireguard.interfaces.wg0 = {
        ips = [ "10.100.0.2/24" ];
        privateKeyFile = "/etc/wireguard/key";
        mtu = 1380;
        fwMark = "0x5";
        table = "77";
        metric = 8;
        preSetup = "touch /run/wg-before";
        postSetup = [ "touch /run/wg-after" ];
        preShutdown = "touch /run/wg-going";
        postShutdown = "touch /run/wg-gone";
        peers = [
          {
            name = "outer";
            publicKey = "Tm9yYS9BTz75BJELChsIAbYThJSBvP7HdS3n5VLxeic=";
            presharedKeyFile = "/etc/wireguard/shared";
            allowedIPs = [ "10.100.0.4/32" ];
            endpoint = "outer.outer.test:51820";
            persistentKeepalive = 1;
            dynamicEndpointRefreshSeconds = 3600;
            dynamicEndpointRefreshRestartSeconds = 2;
          }
        ];
      };
      # The rest has no effect, and is accepted.
      hostId = "deadbeef";
      networkmanager.enable = false;
      timeServers = [ "time.test" ];
      usePredictableInterfaceNames = false;
      interfaces.eth1.wakeOnLan.enable = false;
      nftables.checkRuleset = true;
      nftables.flushRuleset = false;
      bridges = { };
    };
    environment.etc."wireguard/key" = { text = "EHpXFBSjKq8qlYbhu7BUXsDhgZNcrwEn+UqM8VKinn4="; mode = "0600"; };
    environment.etc."wireguard/shared" = { text = "pji+kmwyWzJEmld5ARTAD2OUr22sEmPsUoikMMVo0GM="; mode = "0600"; };
  };

  # Two more tunnels, through a network namespace.
  inner = { lib, pkgs, config, ... }: {
    networking.wireguard.enable = true;
    networking.wireguard.interfaces = {
      wg8 = { generatePrivateKeyFile = true; privateKeyFile = "/var/lib/wg8/key"; preSetup = "ip netns add tunnels || true"; interfaceNamespace = "tunnels"; ips = [ "10.108.0.3/24" ]; };
      wg9 = { generatePrivateKeyFile = true; privateKeyFile = "/var/lib/wg9/key"; preSetup = "ip netns add sockets || true"; socketNamespace = "sockets"; };
    };
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
    networking.wireguard.interfaces.wg0 = {
      ips = [ "10.100.0.4/24" ];
      listenPort = 51820;
      privateKey = "MPXXAiidYRe07dnfOCVmUM97w1PLbxXzVDOZG1cCEkM=";
      allowedIPsAsRoutes = false;
      peers = [ { publicKey = "CxGI4915VOV1zA/EowfI6c/LbZF99+Kqiw+OdsTXLxw="; presharedKey = "pji+kmwyWzJEmld5ARTAD2OUr22sEmPsUoikMMVo0GM="; allowedIPs = [ "10.100.0.2/32" ]; } ];
    };
    services.nginx.enable = true;
    environment.etc.fqdn.text = "${config.networking.fqdn}";
  };

  # systemd-networkd, with every kind of file that it reads.
  served = { lib, ... }: {
    virtualisation.vlans = [ 1 2 7 ];
    virtualisation.memorySize = 256;
    networking = {
      useNetworkd = true;
      firewall.enable = false;
      interfaces.v1.useDHCP = true;
    };
    systemd.network = {
      enable = true;
      links."10-lan" = { enable = true; matchConfig.OriginalName = "eth3"; linkConfig.Name = "lan"; extraConfig = "# a card\n"; };
      netdevs."20-v0" = { netdevConfig = { Kind = "veth"; Name = "v0"; }; peerConfig.Name = "v1"; };
      netdevs."21-dummy" = { enable = true; netdevConfig = { Kind = "dummy"; Name = "d0"; }; extraConfig = "# a toy\n"; };
      netdevs."22-none" = { enable = false; netdevConfig = { Kind = "dummy"; Name = "none"; }; };
      networks."10-eth1" = {
        enable = true;
        matchConfig.Name = "eth1";
        address = [ "192.168.1.55/24" ];
        routes = [ { Destination = "10.5.0.0/16"; Gateway = "192.168.1.2"; Table = "extra"; } { routeConfig.Destination = "10.6.0.0/16"; } ];
        dns = [ "192.168.1.2" ];
        domains = [ "served.test" ];
        extraConfig = "# the inner network\n";
      };
      networks."20-v0" = { name = "v0"; address = [ "10.60.0.1/24" ]; networkConfig.DHCPServer = true; dhcpServerConfig = { PoolOffset = 10; PoolSize = 1; }; };
      networks."21-dummy" = { matchConfig.Name = "d0"; DHCP = "no"; addresses = [ { Address = "10.61.0.1/24"; } ]; linkConfig.MTUBytes = "1400"; };
      config = {
        networkConfig.SpeedMeter = true;
        dhcpV4Config.DUIDType = "vendor";
        dhcpV6Config.DUIDType = "uuid";
        routeTables.extra = 99;
        addRouteTablesToIPRoute2 = true;
      };
      wait-online = { enable = true; anyInterface = true; ignoredInterfaces = [ "d0" ]; timeout = 60; extraArgs = [ "--quiet" ]; };

      # Sections that only say so: nothing matches.
      networks."90-all" = { matchConfig.Name = "never"; } // lib.genAttrs [
        "linkConfig" "networkConfig" "dhcpV4Config" "dhcpV6Config" "dhcpPrefixDelegationConfig" "ipv6AcceptRAConfig"
        "dhcpServerConfig" "ipv6SendRAConfig" "bridgeConfig" "lldpConfig" "canConfig" "ipoIBConfig" "qdiscConfig"
        "networkEmulatorConfig" "tokenBucketFilterConfig" "pieConfig" "flowQueuePIEConfig" "stochasticFairBlueConfig"
        "stochasticFairnessQueueingConfig" "bfifoConfig" "pfifoConfig" "pfifoHeadDropConfig" "pfifoFastConfig"
        "cakeConfig" "controlledDelayConfig" "deficitRoundRobinSchedulerConfig"
        "deficitRoundRobinSchedulerClassConfig" "enhancedTransmissionSelectionConfig"
        "genericRandomEarlyDetectionConfig" "fairQueueingControlledDelayConfig" "fairQueueingConfig"
        "trivialLinkEqualizerConfig" "hierarchyTokenBucketConfig" "hierarchyTokenBucketClassConfig"
        "heavyHitterFilterConfig" "quickFairQueueingConfig" "quickFairQueueingConfigClass"
      ] (name: { Mark = name; }) // lib.genAttrs [
        "addresses" "routes" "routingPolicyRules" "ipv6Prefixes" "ipv6RoutePrefixes" "ipv6PREF64Prefixes"
        "dhcpServerStaticLeases" "bridgeFDBs" "bridgeMDBs" "bridgeVLANs"
      ] (name: [ { Mark = name; } ]) // lib.genAttrs [
        "address" "gateway" "dns" "ntp" "bridge" "bond" "vrf" "vlan" "macvlan" "macvtap" "vxlan" "tunnel" "xfrm"
      ] (name: [ "mark-${name}" ]);
      netdevs."90-all" = { matchConfig.Host = "never"; netdevConfig.Mark = "netdevConfig"; } // lib.genAttrs [
        "bridgeConfig" "vlanConfig" "ipvlanConfig" "ipvtapConfig" "macvlanConfig" "vxlanConfig" "tunnelConfig"
        "fooOverUDPConfig" "peerConfig" "tunConfig" "tapConfig" "l2tpConfig" "wireguardConfig" "bondConfig"
        "xfrmConfig" "vrfConfig" "wlanConfig" "batmanAdvancedConfig"
      ] (name: { Mark = name; }) // { l2tpSessions = [ { Mark = "l2tpSessions"; } ]; wireguardPeers = [ { Mark = "wireguardPeers"; } ]; };
    };
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
