# dnsmasq: a small DNS and DHCP server.
{ config, lib, pkgs, ... }:

let
  inherit (lib) option types;
  cfg = config.services.dnsmasq;
  value = types.oneOf [ types.bool types.int types.float types.str types.path (types.listOf (types.oneOf [ types.str types.int types.path ])) ];
  line = k: v: lib.concatMapStrings (x: if x == true then "${k}\n" else if x == false then "" else "${k}=${toString x}\n") (lib.toList v);
  upstream = lib.filter (s: s != "127.0.0.1" && s != "::1") config.networking.nameservers
    ++ lib.optional config.networking.useDHCP "10.0.2.3";
in
{
  imports = [ (lib.mkRenamedOptionModule [ "services" "dnsmasq" "servers" ] [ "services" "dnsmasq" "settings" "server" ]) ];

  options.services.dnsmasq = {
    enable = lib.mkEnableOption "dnsmasq";
    resolveLocalQueries = option types.bool true "Whether the machine itself asks dnsmasq.";
    alwaysKeepRunning = option types.bool false "Whether it is started again when it ends.";
    settings = option
      (types.submodule {
        freeformType = types.attrsOf value;
        options.server = option (types.listOf types.str) [ ] "Servers that are asked." // { example = [ "10.0.2.3" ]; };
      })
      { } "Lines of dnsmasq.conf; lists become several lines, true a bare word."
      // { example = { interface = "eth1"; dhcp-range = [ "192.168.1.100,192.168.1.150,12h" ]; }; };
    extraConfig = option types.lines "" "Further lines of dnsmasq.conf.";
    configFile = option (types.nullOr types.path) null "A configuration to use instead of `settings`.";
    package = lib.inert (types.nullOr types.package) pkgs.dnsmasq "The server's package." // { defaultText = "pkgs.dnsmasq"; };
  };

  config = lib.mkIf cfg.enable {
    nixlab.packages = [ "dnsmasq-base" ];
    users.users.dnsmasq = { isSystemUser = true; group = "dnsmasq"; description = "Dnsmasq daemon user"; };
    users.groups.dnsmasq = { };
    services.dnsmasq.settings = {
      dhcp-leasefile = lib.mkDefault "/var/lib/dnsmasq/dnsmasq.leases";
      conf-file = lib.mkIf (!cfg.resolveLocalQueries) (lib.mkDefault [ ]);
      resolv-file = lib.mkIf cfg.resolveLocalQueries (lib.mkDefault "/etc/dnsmasq-resolv.conf");
    };
    networking.resolvconf.useLocalResolver = lib.mkIf cfg.resolveLocalQueries (lib.mkDefault true);
    environment.etc = {
      "dnsmasq-conf.conf" = if cfg.configFile != null then { source = cfg.configFile; } else {
        text = lib.concatStrings (lib.mapAttrsToList line cfg.settings) + cfg.extraConfig + "\n";
      };
      "dnsmasq-resolv.conf".text = lib.concatMapStrings (s: "nameserver ${s}\n") (lib.unique upstream);
    };
    systemd.services.dnsmasq = {
      description = "Dnsmasq Daemon";
      wantedBy = [ "multi-user.target" ];
      after = [ "network.target" ];
      serviceConfig = {
        Type = "forking";
        PIDFile = "/run/dnsmasq/dnsmasq.pid";
        ExecStart = "/usr/sbin/dnsmasq -x /run/dnsmasq/dnsmasq.pid --user=dnsmasq --group=dnsmasq -C /etc/dnsmasq-conf.conf";
        ExecReload = "/bin/kill -HUP $MAINPID";
        RuntimeDirectory = "dnsmasq";
        StateDirectory = "dnsmasq";
        PrivateTmp = true;
        Restart = if cfg.alwaysKeepRunning then "always" else "on-failure";
      };
    };
  };
}
