# systemd-networkd. It takes over the interfaces that its files match; all others keep what interfaces.nix gave them.
{ config, lib, machine, ... }:

let
  inherit (lib) option types;
  inherit (import ./networkd-options.nix { inherit lib; }) link linkText netdev netdevText network networkText;
  inherit (import ../system/unit-options.nix { inherit lib; }) settings;
  inherit (import ../system/unit-text.nix { inherit lib; }) section;
  net = config.networking;
  cfg = config.systemd.network;
  wait = cfg.wait-online;
  global = cfg.config;
  one = name: option settings { } "Section [${name}].";

  filesOf = kind: text: files: lib.mapAttrs' (name: file: { name = "systemd/network/${name}.${kind}"; value.text = text file; })
    (lib.filterAttrs (_: file: file.enable) files);
  enabled = lib.filterAttrs (_: file: file.enable);
  tables = lib.mapAttrsToList (name: number: "${name}:${toString number}") global.routeTables;

  wordsOf = v: lib.filter (w: w != "") (lib.splitString " " (toString v));
  isLike = name: pattern: builtins.match (lib.replaceStrings [ "." "*" "?" ] [ "\\." ".*" "." ] pattern) name != null;
  hasMac = match: card: lib.elem card.mac (map lib.toLower (wordsOf "${toString (match.MACAddress or "")} ${toString (match.PermanentMACAddress or "")}"));
  matches = name: file:
    let match = file.matchConfig;
    in
    if match ? Name then lib.any (isLike name) (wordsOf match.Name)
    else if match ? MACAddress || match ? PermanentMACAddress then
      lib.any (card: card.name == name && hasMac match card) machine.interfaces
    else toString (match.Type or "") == "ether" && (name == "eth0" || lib.any (card: card.name == name) machine.interfaces);
  # The file that systemd-networkd takes for an interface, by name; null for none.
  fileFor = name: lib.findFirst (key: cfg.networks.${key}.enable && matches name cfg.networks.${key}) null (lib.attrNames cfg.networks);
  isTaken = name:
    let key = fileFor name;
    in key != null && !(net.useNetworkd && key == "40-${name}")
      && !(lib.elem (cfg.networks.${key}.linkConfig.Unmanaged or false) [ true "yes" "true" "1" ]);
  isRenamed = card: lib.any
    (file: file.linkConfig ? Name
      && (lib.elem card.name (wordsOf (file.matchConfig.OriginalName or "")) || hasMac file.matchConfig card))
    (lib.attrValues (enabled cfg.links));
  globalText = lib.concatStrings [
    (section "Network" (global.networkConfig // lib.optionalAttrs (tables != [ ]) { RouteTable = tables; }))
    (section "DHCPv4" global.dhcpV4Config)
    (section "DHCPv6" global.dhcpV6Config)
  ];
in
{
  options.systemd.network = {
    enable = option types.bool false "Whether systemd-networkd runs.";
    links = option (types.attrsOf link) { } "Files NAME.link: names and properties of network cards, set by udev.";
    netdevs = option (types.attrsOf netdev) { } "Files NAME.netdev: interfaces to make.";
    networks = option (types.attrsOf network) { } "Files NAME.network: addresses and routes of interfaces. The first that matches an interface holds."
      // { example = lib.literalExpression ''{ "10-lan" = { matchConfig.Name = "eth1"; address = [ "10.0.0.1/24" ]; }; }''; };
    config = {
      networkConfig = one "Network";
      dhcpV4Config = one "DHCPv4";
      dhcpV6Config = one "DHCPv6";
      routeTables = option (types.attrsOf types.int) { } "Names of routing tables.";
      addRouteTablesToIPRoute2 = option types.bool true "Whether `ip` knows these names, too.";
    };
    wait-online = {
      enable = option types.bool true "Whether network-online.target waits for the interfaces of systemd-networkd.";
      anyInterface = option types.bool net.useDHCP "Whether one of them is enough." // { defaultText = "networking.useDHCP"; };
      ignoredInterfaces = option (types.listOf types.str) [ ] "Interfaces that are not waited for.";
      timeout = option types.ints.unsigned 120 "Seconds to wait; 0: for ever.";
      extraArgs = option (types.listOf types.str) [ ] "Further arguments of systemd-networkd-wait-online.";
    };
  };

  config = lib.mkMerge [
    {
      environment.etc = filesOf "link" linkText cfg.links;
      networking.givenUp = map (card: card.name) (lib.filter isRenamed machine.interfaces)
        ++ lib.optionals cfg.enable (lib.filter isTaken (lib.unique ([ "eth0" ] ++ lib.attrNames net.interfaces)));
      # Before anything gives the cards addresses: one that is up keeps its name.
      systemd.services.network-links = lib.mkIf (enabled cfg.links != { }) {
        description = "Names of network cards";
        wantedBy = [ "multi-user.target" ];
        wants = [ "systemd-udevd.service" ];
        after = [ "systemd-udevd.service" ];
        before = [ "network-pre.target" "network-setup.service" ];
        unitConfig.DefaultDependencies = false;
        serviceConfig = {
          Type = "oneshot";
          RemainAfterExit = true;
          # To wait for the events themselves would be to wait for those of the old names.
          ExecStart = [ "/usr/bin/udevadm trigger --action=add --subsystem-match=net" "-/usr/bin/udevadm settle --timeout=60" ];
        };
      };
    }

    (lib.mkIf net.useNetworkd {
      systemd.network.enable = lib.mkDefault true;
      # The addresses and bridges are there already. To be told of an address that is there keeps its version 252 busy for ever.
      systemd.network.networks = lib.genAttrs' (lib.unique ([ "eth0" ] ++ lib.attrNames net.interfaces)) (name: {
        name = "40-${name}";
        value = {
          matchConfig.Name = lib.mkDefault name;
          networkConfig = {
            KeepConfiguration = lib.mkDefault "static";
            KeepMaster = lib.mkDefault true;
            DHCP = lib.mkIf (lib.elem name net.askedFor) (lib.mkDefault true);
          };
        };
      });
    })

    (lib.mkIf cfg.enable {
      environment.etc = filesOf "netdev" netdevText cfg.netdevs // filesOf "network" networkText cfg.networks
        // lib.optionalAttrs (globalText != "") { "systemd/networkd.conf".text = globalText; }
        // lib.optionalAttrs (global.addRouteTablesToIPRoute2 && global.routeTables != { }) {
        "iproute2/rt_tables.d/networkd.conf".text = lib.concatStrings (lib.mapAttrsToList (name: number: "${toString number} ${name}\n") global.routeTables);
      };
      # There is no systemd-resolved that would ask the servers of one interface only.
      networking.nameservers = lib.concatMap (file: file.dns) (lib.attrValues (enabled cfg.networks));

      systemd.services.systemd-networkd = {
        wantedBy = [ "multi-user.target" ];
        after = [ "network-setup.service" ];
        aliases = [ "dbus-org.freedesktop.network1.service" ];
        # Where it cannot write there, it does not wait for udev to know the interfaces; that starts once the machine is up.
        serviceConfig.ReadOnlyPaths = "/sys";
      };
      systemd.sockets.systemd-networkd = { wantedBy = [ "sockets.target" ]; overrideStrategy = "asDropin"; };
      systemd.services.systemd-networkd-wait-online = {
        # Without a file it would wait in vain.
        enable = wait.enable && enabled cfg.networks != { };
        overrideStrategy = "asDropin";
        wantedBy = [ "network-online.target" ];
        serviceConfig.ExecStart = [ "" "/usr/lib/systemd/systemd-networkd-wait-online ${lib.escapeShellArgs (
          [ "--timeout=${toString wait.timeout}" ] ++ lib.optional wait.anyInterface "--any"
          ++ map (name: "--ignore=${name}") wait.ignoredInterfaces ++ wait.extraArgs)}" ];
      };
    })
  ];
}
