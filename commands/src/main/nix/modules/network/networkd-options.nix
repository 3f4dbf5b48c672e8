# The options of the files that systemd-networkd and udev read, and what becomes of them: each set is a section.
{ lib }:

let
  inherit (lib) option types;
  inherit (import ../system/unit-options.nix { inherit lib; }) settings;
  inherit (import ../system/unit-text.nix { inherit lib; }) section;

  # Earlier releases had one more set around each section of a list: [ { routeConfig = { … }; } ].
  unwrapped = set: if lib.length (lib.attrNames set) == 1 && lib.hasSuffix "Config" (lib.head (lib.attrNames set)) then lib.head (lib.attrValues set) else set;
  part = types.coercedTo (types.addCheck types.attrs (set: unwrapped set != set)) unwrapped settings;

  one = name: option settings { } "Section [${name}].";
  many = name: option (types.listOf part) [ ] "Sections [${name}], one for each.";
  optionsOf = sections: lib.mapAttrs (_: one) sections.single // lib.mapAttrs (_: many) sections.several;

  common = what: {
    enable = option types.bool true "Whether there is such a file.";
    matchConfig = option settings { } "Section [Match]: ${what}." // { example = { Name = "eth1"; }; };
    extraConfig = option types.lines "" "Further lines of the file.";
  };

  netdev = {
    single = {
      bridgeConfig = "Bridge";
      vlanConfig = "VLAN";
      ipvlanConfig = "IPVLAN";
      ipvtapConfig = "IPVTAP";
      macvlanConfig = "MACVLAN";
      vxlanConfig = "VXLAN";
      tunnelConfig = "Tunnel";
      fooOverUDPConfig = "FooOverUDP";
      peerConfig = "Peer";
      tunConfig = "Tun";
      tapConfig = "Tap";
      l2tpConfig = "L2TP";
      wireguardConfig = "WireGuard";
      bondConfig = "Bond";
      xfrmConfig = "Xfrm";
      vrfConfig = "VRF";
      wlanConfig = "WLAN";
      batmanAdvancedConfig = "BatmanAdvanced";
    };
    several = {
      l2tpSessions = "L2TPSession";
      wireguardPeers = "WireGuardPeer";
    };
  };

  network = {
    single = {
      linkConfig = "Link";
      networkConfig = "Network";
      dhcpV4Config = "DHCPv4";
      dhcpV6Config = "DHCPv6";
      dhcpPrefixDelegationConfig = "DHCPPrefixDelegation";
      ipv6AcceptRAConfig = "IPv6AcceptRA";
      dhcpServerConfig = "DHCPServer";
      ipv6SendRAConfig = "IPv6SendRA";
      bridgeConfig = "Bridge";
      lldpConfig = "LLDP";
      canConfig = "CAN";
      ipoIBConfig = "IPoIB";
      qdiscConfig = "QDisc";
      networkEmulatorConfig = "NetworkEmulator";
      tokenBucketFilterConfig = "TokenBucketFilter";
      pieConfig = "PIE";
      flowQueuePIEConfig = "FlowQueuePIE";
      stochasticFairBlueConfig = "StochasticFairBlue";
      stochasticFairnessQueueingConfig = "StochasticFairnessQueueing";
      bfifoConfig = "BFIFO";
      pfifoConfig = "PFIFO";
      pfifoHeadDropConfig = "PFIFOHeadDrop";
      pfifoFastConfig = "PFIFOFast";
      cakeConfig = "CAKE";
      controlledDelayConfig = "ControlledDelay";
      deficitRoundRobinSchedulerConfig = "DeficitRoundRobinScheduler";
      deficitRoundRobinSchedulerClassConfig = "DeficitRoundRobinSchedulerClass";
      enhancedTransmissionSelectionConfig = "EnhancedTransmissionSelection";
      genericRandomEarlyDetectionConfig = "GenericRandomEarlyDetection";
      fairQueueingControlledDelayConfig = "FairQueueingControlledDelay";
      fairQueueingConfig = "FairQueueing";
      trivialLinkEqualizerConfig = "TrivialLinkEqualizer";
      hierarchyTokenBucketConfig = "HierarchyTokenBucket";
      hierarchyTokenBucketClassConfig = "HierarchyTokenBucketClass";
      heavyHitterFilterConfig = "HeavyHitterFilter";
      quickFairQueueingConfig = "QuickFairQueueing";
      quickFairQueueingConfigClass = "QuickFairQueueingClass";
    };
    several = {
      addresses = "Address";
      routes = "Route";
      routingPolicyRules = "RoutingPolicyRule";
      ipv6Prefixes = "IPv6Prefix";
      ipv6RoutePrefixes = "IPv6RoutePrefix";
      ipv6PREF64Prefixes = "IPv6PREF64Prefix";
      dhcpServerStaticLeases = "DHCPServerStaticLease";
      bridgeFDBs = "BridgeFDB";
      bridgeMDBs = "BridgeMDB";
      bridgeVLANs = "BridgeVLAN";
    };
  };
  # Lists whose elements are lines of section [Network].
  lines = {
    address = "Address";
    gateway = "Gateway";
    dns = "DNS";
    ntp = "NTP";
    bridge = "Bridge";
    bond = "Bond";
    vrf = "VRF";
    vlan = "VLAN";
    macvlan = "MACVLAN";
    macvtap = "MACVTAP";
    vxlan = "VXLAN";
    tunnel = "Tunnel";
    xfrm = "Xfrm";
  };

  # An empty section says something, too: [Network] without a line matches.
  text = sections: file: lib.concatLines (lib.filter (s: s != "")
    (lib.mapAttrsToList (name: title: section title file.${name}) sections.single
      ++ lib.concatLists (lib.mapAttrsToList (name: title: map (section title) file.${name}) sections.several)));
  match = file: lib.optionalString (file.matchConfig != { }) "${section "Match" file.matchConfig}\n";
in
{
  link = types.submodule {
    options = common "the interfaces it is for" // { linkConfig = one "Link"; };
  };
  netdev = types.submodule {
    options = common "when it is made" // { netdevConfig = one "NetDev"; } // optionsOf netdev;
  };
  network = types.submodule ({ config, ... }: {
    options = common "the interfaces it is for" // optionsOf network
      // lib.mapAttrs (_: name: option (types.listOf types.str) [ ] "Lines ${name}= of section [Network].") lines
      // {
      name = option (types.nullOr types.str) null "Name of the interface it is for.";
      DHCP = option (types.nullOr types.str) null "Whether the interface asks for addresses." // { example = "ipv4"; };
      domains = option (types.nullOr (types.listOf types.str)) null "Line Domains= of section [Network].";
    };
    config = {
      matchConfig = lib.mkIf (config.name != null) { Name = config.name; };
      networkConfig = lib.mkMerge [
        (lib.mkIf (config.DHCP != null) { inherit (config) DHCP; })
        (lib.mkIf (config.domains != null) { Domains = toString config.domains; })
      ];
    };
  });

  linkText = file: match file + "${section "Link" file.linkConfig}\n" + file.extraConfig;
  netdevText = file: match file + "${section "NetDev" file.netdevConfig}\n" + text netdev file + file.extraConfig;
  networkText = file:
    let
      network' = lib.filterAttrs (_: v: v != [ ]) (lib.mapAttrs' (name: key: { name = key; value = file.${name}; }) lines);
      # A line that is in both is there twice.
      both = lib.zipAttrsWith (_: lib.concatMap lib.toList) [ file.networkConfig network' ];
    in
    match file + text network (file // { networkConfig = both; }) + file.extraConfig;
}
