# Prometheus' alertmanager.
{ config, lib, pkgs, ... }:

let
  inherit (lib) option types;
  cfg = config.services.prometheus.alertmanager;
  filled = "/tmp/alert-manager-substituted.yaml";
in
{
  options.services.prometheus.alertmanager = {
    enable = lib.mkEnableOption "the alertmanager of Prometheus";
    package = lib.inert (types.nullOr types.package) pkgs.prometheus-alertmanager "The program's package." // { defaultText = "pkgs.prometheus-alertmanager"; };
    configuration = option (types.nullOr types.attrs) null "Its configuration, with its own names."
      // { example = { route.receiver = "team"; receivers = [{ name = "team"; }]; }; };
    configText = option (types.nullOr types.lines) null "The configuration as text (YAML), instead.";
    checkConfig = lib.inert types.bool true "Check the configuration when building.";
    environmentFile = option (types.nullOr types.path) null "File in the machine with variables; \${NAME} in the configuration is replaced by their values.";
    logFormat = option (types.nullOr types.str) null "Form of log lines." // { example = "json"; };
    logLevel = option (types.enum [ "debug" "info" "warn" "error" "fatal" ]) "warn" "How much it logs.";
    listenAddress = option types.str "" "Address it listens on; empty: all.";
    port = option types.port 9093 "Port it listens on.";
    openFirewall = option types.bool false "Whether the firewall lets its port in.";
    webExternalUrl = option (types.nullOr types.str) null "URL by which others reach it." // { example = "http://alerts.example.net/"; };
    clusterPeers = option (types.listOf types.str) [ ] "Machines whose alertmanagers work together with this one." // { example = [ "other" ]; };
    extraFlags = option (types.listOf types.str) [ ] "Further arguments." // { example = [ "--data.retention=24h" ]; };
  };

  config = lib.mkIf cfg.enable {
    assertions = [{
      assertion = cfg.configuration != null || cfg.configText != null;
      message = "`services.prometheus.alertmanager` needs `configuration` or `configText`";
    }];
    nixlab.packages = [ "prometheus-alertmanager" "gettext-base" ];
    networking.firewall.allowedTCPPorts = lib.optional cfg.openFirewall cfg.port;
    environment.etc."prometheus/nixlab-alertmanager.yml".text =
      if cfg.configText != null then cfg.configText else builtins.toJSON cfg.configuration + "\n";
    systemd.services.alertmanager = {
      description = "Prometheus alertmanager";
      wantedBy = [ "multi-user.target" ];
      wants = [ "network-online.target" ];
      after = [ "network-online.target" ];
      preStart = "envsubst < /etc/prometheus/nixlab-alertmanager.yml > ${filled}";
      serviceConfig = {
        ExecStart = lib.concatStringsSep " " ([ "/usr/bin/prometheus-alertmanager" ]
          ++ cfg.extraFlags
          ++ [
          "--config.file ${filled}"
          "--web.listen-address ${cfg.listenAddress}:${toString cfg.port}"
          "--log.level ${cfg.logLevel}"
          "--storage.path /var/lib/alertmanager"
        ]
          ++ map (peer: "--cluster.peer ${peer}:9094") cfg.clusterPeers
          ++ lib.optional (cfg.webExternalUrl != null) "--web.external-url ${cfg.webExternalUrl}"
          ++ lib.optional (cfg.logFormat != null) "--log.format ${cfg.logFormat}");
        ExecReload = "/bin/kill -HUP $MAINPID";
        EnvironmentFile = lib.mkIf (cfg.environmentFile != null) "${cfg.environmentFile}";
        DynamicUser = true;
        NoNewPrivileges = true;
        PrivateTmp = true;
        Restart = "always";
        StateDirectory = "alertmanager";
        WorkingDirectory = "/tmp";
      };
    };
  };
}
