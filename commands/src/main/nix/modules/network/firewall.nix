# The firewall, by nftables: one table, loaded by one command before the network comes up.
{ config, lib, pkgs, ... }:

let
  inherit (lib) concatMapStrings concatStringsSep mkOption option optionalString types;
  cfg = config.networking.firewall;
  nft = config.networking.nftables;

  range = types.submodule {
    options = {
      from = mkOption { type = types.port; description = "First port."; };
      to = mkOption { type = types.port; description = "Last port."; };
    };
  };
  ports = {
    allowedTCPPorts = option (types.listOf types.port) [ ] "TCP ports that are open." // { example = [ 80 443 ]; };
    allowedTCPPortRanges = option (types.listOf range) [ ] "Ranges of TCP ports that are open." // { example = [{ from = 8999; to = 9003; }]; };
    allowedUDPPorts = option (types.listOf types.port) [ ] "UDP ports that are open." // { example = [ 53 ]; };
    allowedUDPPortRanges = option (types.listOf range) [ ] "Ranges of UDP ports that are open.";
  };

  set = list: "{ ${concatStringsSep ", " list} }";
  portSet = single: ranges: map toString (lib.sort (a: b: a < b) (lib.unique single)) ++ map (r: "${toString r.from}-${toString r.to}") ranges;
  accept = where: protocol: list: optionalString (list != [ ]) "    ${where}${protocol} dport ${set list} accept\n";
  open = where: p: accept where "tcp" (portSet p.allowedTCPPorts p.allowedTCPPortRanges)
    + accept where "udp" (portSet p.allowedUDPPorts p.allowedUDPPortRanges);
  quoted = name: "\"${name}\"";

  logRefused = optionalString cfg.logRefusedConnections ''
    tcp flags & (fin|syn|rst|ack) == syn log prefix "refused connection: " level info
  '' + optionalString cfg.logRefusedPackets ''
    log prefix "refused packet: " level info
  '';
  ping = optionalString cfg.allowPing ''
    icmp type echo-request ${optionalString (cfg.pingLimit != null) "limit rate ${cfg.pingLimit} "}accept
  '';
  indent = text: concatMapStrings (l: optionalString (l != "") "    ${l}\n") (lib.splitString "\n" text);

  rules = ''
    table inet nixos-fw {
      chain input {
        type filter hook input priority filter; policy drop;
        iifname ${set (map quoted ([ "lo" ] ++ cfg.trustedInterfaces))} accept
        ct state vmap { invalid : drop, established : accept, related : accept, new : jump input-allow, untracked : jump input-allow }
    ${indent logRefused}${indent (optionalString cfg.rejectPackets ''
      meta l4proto tcp reject with tcp reset
      reject
    '')}  }
      chain input-allow {
    ${open "" cfg}${lib.concatStrings (lib.mapAttrsToList (name: p: open "iifname ${quoted name} " p) cfg.interfaces)}${indent ping}${indent ''
      icmpv6 type != { nd-redirect, 139 } accept
      ip6 daddr fe80::/64 udp dport 546 accept
    ''}${indent cfg.extraInputRules}  }
    ${optionalString cfg.filterForward ''
      chain forward {
        type filter hook forward priority filter; policy drop;
        ct state vmap { invalid : drop, established : accept, related : accept, new : jump forward-allow, untracked : jump forward-allow }
      }
      chain forward-allow {
        icmpv6 type != { router-renumbering, 139 } accept
        ct status dnat accept
    ${indent cfg.extraForwardRules}  }
    ''}}
  '';
  fresh = family: name: "table ${family} ${name} { }\ndelete table ${family} ${name}\n";
  tables = lib.filterAttrs (_: t: t.enable) nft.tables;
  text = optionalString cfg.enable (fresh "inet" "nixos-fw" + rules)
    + lib.concatStrings (lib.mapAttrsToList (_: t: fresh t.family t.name + "table ${t.family} ${t.name} {\n${t.content}\n}\n") tables)
    + optionalString nft.enable (nft.ruleset + "\n" + optionalString (nft.rulesetFile != null) (builtins.readFile nft.rulesetFile));
  wanted = text != "";
  reversePath = if cfg.checkReversePath == "loose" then 2 else if cfg.checkReversePath == false then 0 else 1;
in
{
  options.networking = {
    firewall = ports // {
      enable = option types.bool true "Whether to refuse what is not allowed in.";
      trustedInterfaces = option (types.listOf types.str) [ ] "Interfaces behind which everything is allowed in." // { example = [ "eth2" ]; };
      interfaces = option (types.attrsOf (types.submodule { options = ports; })) { } "Ports that are open on one interface only.";
      allowPing = option types.bool true "Whether the machine answers pings.";
      pingLimit = option (types.nullOr types.singleLineStr) null "How often it answers them." // { example = "1/second burst 5 packets"; };
      rejectPackets = option types.bool false "Whether what is refused is answered, not dropped.";
      logRefusedConnections = option types.bool true "Whether refused connections are logged.";
      logRefusedPackets = option types.bool false "Whether refused packets are logged.";
      logRefusedUnicastsOnly = lib.inert types.bool true "Log only packets for this machine.";
      logReversePathDrops = lib.inert types.bool false "Log packets dropped by `checkReversePath`.";
      checkReversePath = option (types.either types.bool (types.enum [ "strict" "loose" ])) true
        "Whether a packet must come in where its answer would go out.";
      filterForward = option types.bool false "Whether routed packets are refused unless allowed.";
      extraInputRules = option types.lines "" "Rules of nftables that allow more in." // { example = "ip saddr 192.168.1.0/24 tcp dport 80 accept"; };
      extraForwardRules = option types.lines "" "Rules of nftables that allow more through, with `filterForward`.";
      extraCommands = lib.mkOption { type = types.lines; default = ""; visible = false; };
      extraStopCommands = option types.lines "" "Shell commands when the firewall stops.";
      extraPackages = lib.inert (types.listOf types.package) [ ] "Packages for `extraCommands`.";
      autoLoadConntrackHelpers = lib.inert types.bool false "Load helpers of connection tracking.";
      package = lib.inert (types.nullOr types.package) pkgs.nftables "The firewall's program." // { defaultText = "pkgs.nftables"; };
    };
    nftables = {
      enable = option types.bool false "Whether `ruleset` and `tables` are loaded.";
      ruleset = option types.lines "" "Rules of nftables to load.";
      rulesetFile = option (types.nullOr types.path) null "File of rules to load.";
      tables = option
        (types.attrsOf (types.submodule ({ name, ... }: {
          options = {
            enable = option types.bool true "Whether the table is loaded.";
            name = option types.str name "Its name.";
            family = mkOption { type = types.enum [ "ip" "ip6" "inet" "arp" "bridge" "netdev" ]; description = "Its family."; };
            content = mkOption { type = types.lines; description = "What it holds."; };
          };
        })))
        { } "Tables of nftables to load.";
      checkRuleset = lib.inert types.bool true "Check the rules when building.";
      flushRuleset = lib.inert types.bool false "Remove rules of others first.";
    };
  };

  config = {
    systemd.services.firewall = lib.mkIf wanted {
      description = "Firewall";
      aliases = lib.optional nft.enable "nftables.service";
      wantedBy = [ "multi-user.target" ];
      wants = [ "network-pre.target" ];
      before = [ "network-pre.target" "shutdown.target" ];
      after = [ "systemd-modules-load.service" ];
      conflicts = [ "shutdown.target" ];
      unitConfig.DefaultDependencies = false;
      reload = "/usr/sbin/nft -f /etc/nixlab/firewall.nft";
      postStop = cfg.extraStopCommands;
      serviceConfig = {
        Type = "oneshot";
        RemainAfterExit = true;
        ExecStart = "/usr/sbin/nft -f /etc/nixlab/firewall.nft";
        ExecStop = lib.optional cfg.enable "/usr/sbin/nft delete table inet nixos-fw";
      };
    };
    environment.etc."nixlab/firewall.nft" = lib.mkIf wanted { inherit text; };
    # All at once by systemd-modules-load: the kernel would start one modprobe for each.
    boot.kernelModules = lib.optionals wanted ([ "nf_tables" "nf_conntrack" "nft_ct" ]
      ++ lib.optionals (cfg.logRefusedConnections || cfg.logRefusedPackets) [ "nft_log" "nf_log_syslog" ]
      ++ lib.optional cfg.rejectPackets "nft_reject_inet");
    boot.kernel.sysctl = lib.mkIf cfg.enable { "net.ipv4.conf.*.rp_filter" = lib.mkDefault reversePath; };

    assertions = [{
      assertion = cfg.extraCommands == "";
      message = "`networking.firewall.extraCommands` needs iptables; Debian guests use nftables: write rules into `networking.firewall.extraInputRules`";
    }];
  };
}
