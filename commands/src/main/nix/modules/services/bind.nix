# BIND, under NixOS's name: unit bind.service.
{ config, lib, pkgs, ... }:

let
  inherit (lib) concatMapStrings mkOption option optionalString types;
  cfg = config.services.bind;
  list = names: concatMapStrings (n: " ${n};") names;
  zone = types.submodule ({ name, ... }: {
    options = {
      name = option types.str name "Name of the zone.";
      master = mkOption { type = types.bool; description = "Whether this server holds the original."; };
      file = mkOption { type = types.either types.str types.path; description = "File of its records."; };
      masters = mkOption { type = types.listOf types.str; default = [ ]; description = "Servers to copy it from."; };
      slaves = option (types.listOf types.str) [ ] "Servers that may copy it.";
      allowQuery = option (types.listOf types.str) [ "any" ] "Who may ask for it.";
      extraConfig = option types.lines "" "Further statements of the zone.";
    };
  });
  zones = if builtins.isList cfg.zones then cfg.zones else lib.attrValues cfg.zones;
  zoneText = z: ''
    zone "${z.name}" {
      type ${if z.master then "master" else "slave"};
      file "${z.file}";
  '' + (if z.master then optionalString (z.slaves != [ ]) "  allow-transfer {${list z.slaves} };\n"
  else "  masters {${list z.masters} };\n")
  + optionalString (z.allowQuery != [ ]) "  allow-query {${list z.allowQuery} };\n"
  + z.extraConfig + "\n};\n";
  text = ''
    include "/etc/bind/rndc.key";
    controls {
      inet 127.0.0.1 allow { localhost; } keys { "rndc-key"; };
    };
    acl cachenetworks {${list cfg.cacheNetworks} };
    acl badnetworks {${list cfg.blockedNetworks} };
    options {
      listen-on {${list cfg.listenOn} };
      listen-on-v6 {${list cfg.listenOnIpv6} };
      allow-query-cache { cachenetworks; };
      blackhole { badnetworks; };
      forward ${cfg.forward};
      forwarders {${list cfg.forwarders} };
      directory "${cfg.directory}";
      pid-file "/run/named/named.pid";
  '' + cfg.extraOptions + "\n};\n" + cfg.extraConfig + "\n" + concatMapStrings zoneText zones;
in
{
  options.services.bind = {
    enable = lib.mkEnableOption "the BIND name server";
    zones = option (types.coercedTo (types.listOf types.attrs) (zs: lib.listToAttrs (map (z: { inherit (z) name; value = z; }) zs)) (types.attrsOf zone)) { }
      "The zones it knows." // { example = lib.literalExpression ''{ "example.net" = { master = true; file = ./example.net; }; }''; };
    cacheNetworks = option (types.listOf types.str) [ "127.0.0.0/8" "::1/128" ] "Who may ask for anything.";
    blockedNetworks = option (types.listOf types.str) [ ] "Who gets no answer.";
    ipv4Only = option types.bool false "Whether it speaks IPv4 only.";
    forwarders = option (types.listOf types.str) (lib.filter (s: s != "127.0.0.1") config.networking.nameservers) "Servers to ask for what it does not know."
      // { defaultText = "networking.nameservers"; };
    forward = option (types.enum [ "first" "only" ]) "first" "Whether it asks others when they do not know.";
    listenOn = option (types.listOf types.str) [ "any" ] "IPv4 addresses it listens on.";
    listenOnIpv6 = option (types.listOf types.str) [ "any" ] "IPv6 addresses it listens on.";
    directory = option types.str "/run/named" "Directory it works in.";
    extraConfig = option types.lines "" "Further statements.";
    extraOptions = option types.lines "" "Further options.";
    extraArgs = option (types.listOf types.str) [ ] "Further arguments.";
    configFile = option (types.nullOr types.path) null "A configuration to use instead of all this.";
    package = lib.inert (types.nullOr types.package) pkgs.bind "The server's package." // { defaultText = "pkgs.bind"; };
  };

  config = lib.mkIf cfg.enable {
    nixlab.packages = [ "bind9" ];
    networking.resolvconf.useLocalResolver = lib.mkDefault true;
    environment.etc."bind/named.conf" = if cfg.configFile != null then { source = cfg.configFile; } else { inherit text; };
    systemd.services.bind = {
      description = "BIND Domain Name Server";
      aliases = [ "named.service" "bind9.service" ];
      wantedBy = [ "multi-user.target" ];
      after = [ "network.target" ];
      serviceConfig = {
        Type = "forking";
        # named works in its runtime directory, which belongs to this group.
        Group = "bind";
        PIDFile = "/run/named/named.pid";
        ExecStart = "/usr/sbin/named -u bind ${optionalString cfg.ipv4Only "-4 "}-c /etc/bind/named.conf ${lib.escapeShellArgs cfg.extraArgs}";
        ExecReload = "/usr/sbin/rndc reload";
        ExecStop = "/usr/sbin/rndc stop";
        RuntimeDirectory = "named";
        RuntimeDirectoryMode = "0775";
        RuntimeDirectoryPreserve = true;
      };
    };
  };
}
