# Network interfaces: addresses, routes, bridges, and how they come up.
# Boot runs one `ip -batch`; udev runs one for an interface that is plugged in later.
{ config, lib, machine, ... }:

let
  inherit (lib) mkOption option types;
  cfg = config.networking;
  virt = config.virtualisation;

  address = version: max: types.submodule {
    options = {
      address = mkOption { type = types.str; description = "The ${version} address."; };
      prefixLength = mkOption { type = types.ints.between 0 max; description = "How many of its bits name the network."; };
    };
  };
  route = version: max: types.submodule {
    options = {
      address = mkOption { type = types.str; description = "The ${version} network."; };
      prefixLength = mkOption { type = types.ints.between 0 max; description = "How many of its bits name the network."; };
      via = option (types.nullOr types.str) null "Address of the next router; null: directly reachable.";
      type = option (types.nullOr (types.enum [ "unicast" "local" "broadcast" "multicast" "blackhole" "prohibit" "unreachable" "throw" ])) null "Kind of the route.";
      options = option (types.attrsOf types.str) { } "Further words of `ip route`, such as `metric`.";
    };
  };
  ip = version: max: example: {
    addresses = option (types.listOf (address version max)) [ ] "The interface's ${version} addresses."
      // { inherit example; };
    routes = option (types.listOf (route version max)) [ ] "${version} routes through the interface.";
  };
  gateway = types.coercedTo types.str (address: { inherit address; }) (types.submodule {
    options = {
      address = mkOption { type = types.str; description = "Address of the router."; };
      interface = option (types.nullOr types.str) null "Interface behind which it is.";
      metric = option (types.nullOr types.int) null "Preference of the route, the lower the better.";
      source = option (types.nullOr types.str) null "Address that packets of the machine itself carry.";
    };
  });

  # How older releases had the addresses of an interface.
  olderNames = { config, ... }: {
    options = lib.genAttrs [ "ip4" "ip6" ] (_: lib.internal (types.listOf types.raw) [ ])
      // lib.genAttrs [ "ipAddress" "ipv6Address" "subnetMask" ] (_: lib.internal (types.nullOr types.str) null)
      // { prefixLength = lib.internal types.int 24; ipv6PrefixLength = lib.internal types.int 64; };
    config = {
      ipv4.addresses = config.ip4 ++ lib.optional (config.ipAddress != null) { address = config.ipAddress; inherit (config) prefixLength; };
      ipv6.addresses = config.ip6 ++ lib.optional (config.ipv6Address != null) { address = config.ipv6Address; prefixLength = config.ipv6PrefixLength; };
    };
  };
  interface = types.submodule ({ name, ... }: {
    imports = [ olderNames ];
    options = {
      name = option types.str name "Name of the interface.";
      useDHCP = option (types.nullOr types.bool) null "Whether to ask for an address by DHCP; null: as `networking.useDHCP` says, where it has no address.";
      ipv4 = ip "IPv4" 32 [{ address = "10.0.0.1"; prefixLength = 24; }];
      ipv6 = ip "IPv6" 128 [{ address = "fd00::1"; prefixLength = 64; }];
      macAddress = option (types.nullOr types.str) null "Hardware address to set.";
      mtu = option (types.nullOr types.int) null "Largest packet in bytes.";
      virtual = option types.bool false "Whether to make the interface.";
      virtualType = option (types.enum [ "tun" "tap" ]) (if lib.hasPrefix "tun" name then "tun" else "tap") "Kind of the virtual interface."
        // { defaultText = "tun for a name that begins with tun, else tap"; };
      virtualOwner = option types.str "root" "User that the virtual interface belongs to.";
      tempAddress = lib.inert types.str "default" "Addresses of IPv6 that change.";
      wakeOnLan.enable = lib.inert types.bool false "Wake on LAN.";
    };
  });

  # The machine's network cards beside eth0.
  cards = lib.imap1 (i: vlan: { name = "eth${toString i}"; inherit vlan; assign = true; }) virt.vlans
    ++ map (i: { inherit (i) name vlan; assign = i.assignIP; }) (lib.attrValues virt.interfaces);
  assigned = lib.filter (c: c.assign) cards;
  ipv4 = card: "192.168.${toString card.vlan}.${toString machine.index}";
  ipv6 = card: "2001:db8:${toString card.vlan}::${toString machine.index}";

  dhcpWanted = i: if i.useDHCP == null then cfg.useDHCP && i.ipv4.addresses == [ ] else i.useDHCP;
  userNet = cfg.interfaces.eth0 or null;
  outside = if userNet == null then cfg.useDHCP else dhcpWanted userNet;
  isOurs = name: !(lib.elem name cfg.givenUp);
  dhcpOn = lib.filter (name: name != "eth0" && isOurs name && dhcpWanted cfg.interfaces.${name}) (lib.attrNames cfg.interfaces);

  bridged = lib.concatLists (lib.mapAttrsToList (bridge: b: map (member: { inherit bridge member; }) b.interfaces) cfg.bridges);
  isMade = name: cfg.bridges ? ${name} || cfg.vlans ? ${name} || cfg.macvlans ? ${name} || cfg.interfaces.${name}.virtual or false;

  word = key: value: lib.optionalString (value != null) " ${key} ${toString value}";
  routeLine = i: r:
    "route replace ${lib.optionalString (r.type != null) "${r.type} "}${r.address}/${toString r.prefixLength}${word "via" r.via}"
    + lib.optionalString (!(lib.elem r.type [ "blackhole" "prohibit" "unreachable" "throw" ])) " dev ${i.name}"
    + lib.concatStrings (lib.mapAttrsToList word r.options) + " proto static";
  addressLine = more: i: a: "address replace ${a.address}/${toString a.prefixLength} dev ${i.name}${more}";
  linesOf = i:
    [ "link set dev ${i.name}${word "address" i.macAddress}${word "mtu" i.mtu} up" ]
    ++ map (addressLine "" i) i.ipv4.addresses
    ++ lib.optionals cfg.enableIPv6 (map (addressLine " nodad" i) i.ipv6.addresses)
    ++ map (routeLine i) i.ipv4.routes
    ++ lib.optionals cfg.enableIPv6 (map (routeLine i) i.ipv6.routes)
    ++ map (b: "link set dev ${i.name} master ${b.bridge}") (lib.filter (b: b.member == i.name) bridged);
  outsideLines = [
    "link set dev eth0 up"
    "address replace 10.0.2.15/24 dev eth0"
    "route replace default via 10.0.2.2 dev eth0 metric 1002"
  ];
  allLines = name: lib.optionals (isOurs name) (lib.optionals (name == "eth0" && outside) outsideLines
    ++ lib.optionals (cfg.interfaces ? ${name}) (linesOf cfg.interfaces.${name})
    ++ map (b: "link set dev ${name} up") (lib.filter (b: b.member == name && !(cfg.interfaces ? ${name})) bridged)
    ++ map (b: "link set dev ${name} master ${b.bridge}") (lib.filter (b: b.member == name && !(cfg.interfaces ? ${name})) bridged));
  make = map (name: "link add name ${name} type bridge") (lib.attrNames cfg.bridges)
    ++ lib.mapAttrsToList (name: v: "link add link ${v.interface} name ${name} type vlan id ${toString v.id}") cfg.vlans
    ++ lib.mapAttrsToList (name: v: "link add link ${v.interface} name ${name} type macvlan${word "mode" v.mode}") cfg.macvlans
    ++ map (i: "tuntap add dev ${i.name} mode ${i.virtualType} user ${i.virtualOwner}")
      (lib.filter (i: i.virtual) (lib.attrValues cfg.interfaces));

  # Where a gateway's interface is not given, the addresses tell.
  gatewayLine = g: "route replace default via ${g.address}${word "dev" g.interface}${word "metric" g.metric}${word "src" g.source} proto static";
  gateways = lib.optional (cfg.defaultGateway != null) (gatewayLine cfg.defaultGateway)
    ++ lib.optional (cfg.defaultGateway6 != null && cfg.enableIPv6) (gatewayLine cfg.defaultGateway6);

  present = [ "eth0" ] ++ map (c: c.name) cards;
  made = lib.filter isMade (lib.unique (lib.attrNames cfg.interfaces ++ lib.attrNames cfg.bridges ++ lib.attrNames cfg.vlans ++ lib.attrNames cfg.macvlans));
  upOnly = name: lib.optional (!(cfg.interfaces ? ${name})) "link set dev ${name} up";
  batch = map (i: "link set dev ${i.kernelName} name ${i.name}") renames
    ++ make ++ lib.concatMap allLines present ++ lib.concatMap (name: allLines name ++ upOnly name) made ++ gateways;
  later = lib.unique (present ++ lib.filter (name: !(isMade name)) (lib.attrNames cfg.interfaces));

  # Cards with names of their own: the kernel numbers them in their order, and udev comes too late to be waited for.
  renames = lib.filter (i: i.name != i.kernelName)
    (lib.imap1 (n: i: i // { kernelName = "eth${toString n}"; }) machine.interfaces);
in
{
  options.networking = {
    interfaces = option (types.attrsNamedBy "name" interface) { } "Settings of network interfaces. eth0 leads outside; eth1 and on are the networks of `virtualisation.vlans`.";
    useDHCP = option types.bool true "Whether interfaces without an address ask for one by DHCP. eth0 then takes 10.0.2.15, which is what it would be given.";
    defaultGateway = option (types.nullOr gateway) null "Router for everything that is not nearer; goes before eth0's." // { example = "192.168.1.1"; };
    defaultGateway6 = option (types.nullOr gateway) null "Router for IPv6.";
    enableIPv6 = option types.bool true "Whether the machine speaks IPv6.";
    bridges = option
      (types.attrsOf (types.submodule {
        options = {
          interfaces = option (types.listOf types.str) [ ] "Interfaces that the bridge connects.";
          rstp = lib.inert types.bool false "Spanning trees.";
        };
      }))
      { } "Bridges to make." // { example = { br0.interfaces = [ "eth1" "eth2" ]; }; };
    vlans = option
      (types.attrsOf (types.submodule {
        options = {
          id = mkOption { type = types.ints.between 1 4094; description = "Tag of the VLAN."; };
          interface = mkOption { type = types.str; description = "Interface that carries it."; };
        };
      }))
      { } "Tagged VLANs on top of interfaces (IEEE 802.1Q).";
    macvlans = option
      (types.attrsOf (types.submodule {
        options = {
          interface = mkOption { type = types.str; description = "Interface that carries it."; };
          mode = option (types.nullOr (types.enum [ "private" "vepa" "bridge" "passthru" ])) null "Whom of the same interface it reaches.";
        };
      }))
      { } "Interfaces with a hardware address of their own on top of others." // { example = { inner.interface = "eth1"; }; };
    localCommands = option types.lines "" "Shell commands to run when the network has been set up.";
    usePredictableInterfaceNames = lib.inert types.bool false "Names such as enp0s3; interfaces are called eth0 and on.";
    useNetworkd = option types.bool false "Whether systemd-networkd looks after the interfaces once they are up, and asks for addresses where DHCP is wanted.";
    networkmanager = lib.idle "Let NetworkManager set the network up.";
    tempAddresses = lib.inert types.str "default" "Addresses of IPv6 that change.";
    useHostResolvConf = lib.inert types.bool false "Ask the name servers of a container's host.";
    dhcpcd.enable = option types.bool (!cfg.useNetworkd) "Whether dhcpcd asks for addresses where DHCP is wanted." // { defaultText = "true, but with `networking.useNetworkd`"; };
    dhcpcd.extraConfig = option types.lines "" "Further lines of dhcpcd.conf.";
    dhcpcd.persistent = lib.inert types.bool false "Keep the addresses when dhcpcd ends.";
    dhcpcd.wait = lib.inert types.str "any" "What the boot waits for.";
    dhcpcd.denyInterfaces = lib.inert (types.listOf types.str) [ ] "Interfaces that it leaves alone.";
    dhcpcd.allowInterfaces = lib.inert (types.nullOr (types.listOf types.str)) null "The only interfaces that it asks for.";
    privateIPv4 = option (types.nullOr types.str) (if assigned == [ ] then null else ipv4 (lib.head assigned))
      "The machine's own address, by which NixOps lets the others know it." // { defaultText = "the address on its first network"; };
    publicIPv4 = option (types.nullOr types.str) cfg.privateIPv4 "The same for the outside." // { defaultText = "the same"; };
    # Interfaces that something else gives their addresses.
    givenUp = lib.internal (types.listOf types.str) [ ];
    # The interfaces that ask for addresses.
    askedFor = lib.internal (types.listOf types.str) dhcpOn;
    primaryIPAddress = lib.internal types.str (if assigned == [ ] then "" else ipv4 (lib.head assigned));
    primaryIPv6Address = lib.internal types.str (if assigned == [ ] then "" else ipv6 (lib.head assigned));
  };

  config = {
    networking.interfaces = lib.listToAttrs (map
      (c: {
        inherit (c) name;
        value = {
          ipv4.addresses = [{ address = ipv4 c; prefixLength = 24; }];
          ipv6.addresses = [{ address = ipv6 c; prefixLength = 64; }];
        };
      })
      assigned);

    environment.etc = {
      "nixlab/network/boot".text = lib.concatLines batch;
      "udev/rules.d/80-nixlab-network.rules".text = lib.concatMapStrings
        (i: ''SUBSYSTEM=="net", ACTION=="add", ATTR{address}=="${i.mac}", NAME="${i.name}"'' + "\n") renames
      + ''
        # An interface that is not up yet was plugged in after boot: give it its addresses.
        SUBSYSTEM=="net", ACTION=="add", ATTR{flags}=="0x1002", TEST=="/etc/nixlab/network/if-%k", RUN+="/sbin/ip -force -batch /etc/nixlab/network/if-%k"
      '';
    } // lib.listToAttrs (map (name: { name = "nixlab/network/if-${name}"; value.text = lib.concatLines (allLines name); }) later)
    // lib.optionalAttrs (dhcpOn != [ ] && cfg.dhcpcd.enable) {
      # dhcpcd writes resolv.conf anew and puts this behind what it has learned.
      "resolv.conf.tail".text = lib.concatMapStrings (s: "nameserver ${s}\n") (lib.optional cfg.resolvconf.useLocalResolver "127.0.0.1" ++ cfg.nameservers ++ lib.optional outside "10.0.2.3");
      "dhcpcd.conf".text = ''
        hostname
        duid
        persistent
        option domain_name_servers, domain_name, domain_search
        option classless_static_routes
        option interface_mtu
        require dhcp_server_identifier
        slaac private
        noipv4ll
      '' + lib.optionalString (!cfg.enableIPv6) "noipv6\n" + cfg.dhcpcd.extraConfig;
    };

    systemd.services.network-setup = {
      description = "Addresses and routes";
      wantedBy = [ "multi-user.target" ];
      wants = [ "network.target" ];
      after = [ "network-pre.target" "systemd-sysctl.service" ];
      before = [ "network.target" "network-online.target" "shutdown.target" ];
      conflicts = [ "shutdown.target" ];
      unitConfig.DefaultDependencies = false;
      serviceConfig = {
        Type = "oneshot";
        RemainAfterExit = true;
        ExecStart = "/sbin/ip -force -batch /etc/nixlab/network/boot";
      };
      postStart = cfg.localCommands;
    };
    systemd.services.dhcpcd = lib.mkIf (dhcpOn != [ ] && cfg.dhcpcd.enable) {
      description = "DHCP client";
      wantedBy = [ "multi-user.target" ];
      wants = [ "network.target" ];
      after = [ "network-setup.service" ];
      before = [ "network-online.target" ];
      serviceConfig = {
        ExecStart = "/usr/sbin/dhcpcd --quiet --nobackground ${lib.escapeShellArgs dhcpOn}";
        Restart = "always";
      };
    };
    nixlab.packages = lib.optional (dhcpOn != [ ] && cfg.dhcpcd.enable) "dhcpcd-base";
    boot.kernel.sysctl = lib.mkIf (!cfg.enableIPv6) {
      "net.ipv6.conf.all.disable_ipv6" = true;
      "net.ipv6.conf.default.disable_ipv6" = true;
    };
  };
}
