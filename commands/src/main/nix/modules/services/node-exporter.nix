# The node exporter of Prometheus.
{ config, lib, ... }:

let
  inherit (lib) option types;
  cfg = config.services.prometheus.exporters.node;
in
{
  options.services.prometheus.exporters.node = {
    enable = lib.mkEnableOption "the node exporter of Prometheus";
    port = option types.port 9100 "Port it listens on.";
    listenAddress = option types.str "0.0.0.0" "Address it listens on.";
    openFirewall = option types.bool false "Whether the firewall lets its port in.";
    firewallFilter = lib.inert (types.nullOr types.str) null "Whom the firewall lets in, in iptables' words.";
    firewallRules = option (types.nullOr types.lines) null "Rules of nftables instead, with `openFirewall`." // { example = "iifname eth1 tcp dport 9100 accept"; };
    enabledCollectors = option (types.listOf types.str) [ ] "Collectors to use beside the usual ones." // { example = [ "systemd" ]; };
    disabledCollectors = option (types.listOf types.str) [ ] "Collectors not to use." // { example = [ "timex" ]; };
    extraFlags = option (types.listOf types.str) [ ] "Further arguments." // { example = [ "--log.level=debug" ]; };
    user = option types.str "node-exporter" "User that it runs as.";
    group = option types.str "node-exporter" "Group that it runs as.";
  };

  config = lib.mkIf cfg.enable {
    nixlab.packages = [ "prometheus-node-exporter" ];
    networking.firewall = lib.mkIf cfg.openFirewall {
      allowedTCPPorts = lib.optional (cfg.firewallRules == null) cfg.port;
      extraInputRules = lib.mkIf (cfg.firewallRules != null) cfg.firewallRules;
    };
    users.users = lib.optionalAttrs (cfg.user == "node-exporter") { node-exporter = { isSystemUser = true; inherit (cfg) group; }; };
    users.groups = lib.optionalAttrs (cfg.group == "node-exporter") { node-exporter = { }; };
    systemd.services.prometheus-node-exporter = {
      description = "Prometheus node exporter";
      wantedBy = [ "multi-user.target" ];
      after = [ "network.target" ];
      serviceConfig = {
        ExecStart = lib.concatStringsSep " " ([ "/usr/bin/prometheus-node-exporter" ]
          ++ map (c: "--collector.${c}") cfg.enabledCollectors
          ++ map (c: "--no-collector.${c}") cfg.disabledCollectors
          ++ [ "--web.listen-address ${cfg.listenAddress}:${toString cfg.port}" ]
          ++ cfg.extraFlags);
        User = cfg.user;
        Group = cfg.group;
        Restart = "always";
        RuntimeDirectory = "prometheus-node-exporter";
        NoNewPrivileges = true;
        PrivateTmp = true;
      };
    };
  };
}
