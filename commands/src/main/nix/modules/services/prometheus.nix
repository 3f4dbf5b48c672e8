# Prometheus, the server.
{ config, lib, pkgs, ... }:

let
  inherit (lib) option types;
  cfg = config.services.prometheus;
  dir = "/var/lib/${cfg.stateDir}";

  # Sets with Prometheus' own names: a name that it does not have is an error here, not at its start.
  fields = names: types.submodule { options = lib.genAttrs names (_: lib.internal (types.nullOr types.anything) null); };
  maybe = type: description: option (types.nullOr type) null description;
  text = maybe types.str;
  auth = fields [ "username" "password" "password_file" ];
  tls = fields [ "ca_file" "cert_file" "key_file" "server_name" "insecure_skip_verify" ];
  relabel = types.listOf (fields [ "source_labels" "separator" "target_label" "regex" "modulus" "replacement" "action" ]);
  targets = types.submodule {
    options = {
      targets = lib.mkOption { type = types.listOf types.str; description = "The targets, each host:port."; };
      labels = option (types.attrsOf types.str) { } "Labels of all that comes from them.";
    };
  };

  scrape.options = {
    job_name = lib.mkOption { type = types.str; description = "Name of the job."; };
    static_configs = maybe (types.listOf targets) "Targets by name." // { example = [{ targets = [ "web:9100" ]; }]; };
    file_sd_configs = maybe (types.listOf (fields [ "files" "refresh_interval" ])) "Files of targets.";
    dns_sd_configs = maybe (types.listOf (fields [ "names" "type" "port" "refresh_interval" ])) "Names that lead to targets.";
    http_sd_configs = maybe (types.listOf (fields [ "url" "refresh_interval" "basic_auth" "proxy_url" "follow_redirects" "tls_config" ])) "URLs that list targets.";
    scrape_interval = text "How often the targets are asked.";
    scrape_timeout = text "How long an answer may take.";
    metrics_path = text "Path of the metrics.";
    scheme = maybe (types.enum [ "http" "https" ]) "How targets are asked.";
    params = maybe (types.attrsOf (types.listOf types.str)) "Parameters of the request.";
    honor_labels = maybe types.bool "Whether labels of the targets win over Prometheus' own.";
    honor_timestamps = maybe types.bool "Whether times of the targets count.";
    basic_auth = maybe auth "User and password that targets ask for." // { example = { username = "alice"; password = "secret"; }; };
    authorization = maybe types.attrs "What targets ask for otherwise.";
    bearer_token = text "Token that targets ask for.";
    bearer_token_file = text "File in the machine with that token.";
    tls_config = maybe tls "How targets are asked over HTTPS.";
    proxy_url = text "Proxy through which targets are asked.";
    relabel_configs = maybe relabel "Changes to the labels of targets.";
    metric_relabel_configs = maybe relabel "Changes to the labels of what they tell.";
    sample_limit = maybe types.int "Most samples of an answer.";
  };
  remote = more: types.listOf (fields ([ "url" "remote_timeout" "headers" "name" "basic_auth" "bearer_token" "bearer_token_file" "tls_config" "proxy_url" ] ++ more));

  # What nobody set is left to Prometheus.
  said = v:
    if builtins.isAttrs v then lib.mapAttrs (_: said) (lib.filterAttrs (n: x: x != null && n != "_module") v)
    else if builtins.isList v then map said v
    else v;
  configText =
    if cfg.configText != null then cfg.configText
    else builtins.toJSON (said {
      global = cfg.globalConfig;
      scrape_configs = cfg.scrapeConfigs;
      remote_write = cfg.remoteWrite;
      remote_read = cfg.remoteRead;
      rule_files = lib.optionals (!cfg.enableAgentMode)
        (map (f: "${f}") cfg.ruleFiles ++ lib.optional (cfg.rules != [ ]) "/etc/prometheus/nixlab.rules");
      alerting.alertmanagers = cfg.alertmanagers;
    }) + "\n";
in
{
  options.services.prometheus = {
    enable = lib.mkEnableOption "Prometheus";
    package = lib.inert (types.nullOr types.package) pkgs.prometheus "The server's package." // { defaultText = "pkgs.prometheus"; };
    listenAddress = option types.str "0.0.0.0" "Address it listens on.";
    port = option types.port 9090 "Port it listens on.";
    stateDir = option types.str "prometheus2" "Directory of the data, below /var/lib.";
    scrapeConfigs = option (types.listOf (types.submodule scrape)) [ ] "Whom it asks, with Prometheus' names."
      // { example = [{ job_name = "node"; static_configs = [{ targets = [ "web:9100" ]; }]; }]; };
    globalConfig = option (fields [ "scrape_interval" "scrape_timeout" "evaluation_interval" "external_labels" "query_log_file" ]) { }
      "Settings for all jobs." // { example = { scrape_interval = "5s"; }; };
    rules = option (types.listOf types.str) [ ] "Rules for alerts and records, as text (YAML).";
    ruleFiles = option (types.listOf types.path) [ ] "Files of further rules.";
    alertmanagers = option (types.listOf types.attrs) [ ] "Alertmanagers that are told of alerts."
      // { example = [{ static_configs = [{ targets = [ "alerts:9093" ]; }]; }]; };
    alertmanagerNotificationQueueCapacity = option types.int 10000 "Most alerts that wait for the alertmanagers.";
    remoteWrite = option (remote [ "write_relabel_configs" "queue_config" "metadata_config" "sigv4" ]) [ ] "Servers to which samples are sent.";
    remoteRead = option (remote [ "required_matchers" "read_recent" ]) [ ] "Servers from which samples are read.";
    configText = option (types.nullOr types.lines) null "The whole configuration as text (YAML), instead.";
    checkConfig = lib.inert (types.either types.bool (types.enum [ "syntax-only" ])) true "Check the configuration when building.";
    enableAgentMode = option types.bool false "Whether it only collects and sends on.";
    enableReload = lib.inert types.bool false "Reload when the configuration changes.";
    webExternalUrl = option (types.nullOr types.str) null "URL by which others reach it." // { example = "http://www.example.net/prometheus/"; };
    webConfigFile = option (types.nullOr types.path) null "File that says how it speaks HTTPS and whom it lets in.";
    retentionTime = option (types.nullOr types.str) null "How long samples are kept." // { example = "15d"; };
    extraFlags = option (types.listOf types.str) [ ] "Further arguments." // { example = [ "--web.enable-admin-api" ]; };
  };

  config = lib.mkIf cfg.enable {
    nixlab.packages = [ "prometheus" ];
    users.users.prometheus = { description = "Prometheus daemon user"; isSystemUser = true; group = "prometheus"; };
    users.groups.prometheus = { };
    environment.etc."prometheus/prometheus.yaml".text = configText;
    environment.etc."prometheus/nixlab.rules" = lib.mkIf (cfg.rules != [ ]) { text = lib.concatStringsSep "\n" cfg.rules + "\n"; };
    systemd.services.prometheus = {
      description = "Prometheus";
      wantedBy = [ "multi-user.target" ];
      after = [ "network.target" ];
      serviceConfig = {
        ExecStart = lib.concatStringsSep " " ([ "/usr/bin/prometheus" ]
          ++ cfg.extraFlags
          ++ [ "--config.file=/etc/prometheus/prometheus.yaml" "--web.listen-address=${cfg.listenAddress}:${toString cfg.port}" ]
          ++ (if cfg.enableAgentMode then [ "--enable-feature=agent" "--storage.agent.path=${dir}/data-agent/" ] else [
          "--alertmanager.notification-queue-capacity=${toString cfg.alertmanagerNotificationQueueCapacity}"
          "--storage.tsdb.path=${dir}/data/"
        ])
          ++ lib.optional (cfg.webExternalUrl != null) "--web.external-url=${cfg.webExternalUrl}"
          ++ lib.optional (cfg.retentionTime != null) "--storage.tsdb.retention.time=${cfg.retentionTime}"
          ++ lib.optional (cfg.webConfigFile != null) "--web.config.file=${cfg.webConfigFile}");
        ExecReload = "/bin/kill -HUP $MAINPID";
        User = "prometheus";
        Restart = "always";
        RuntimeDirectory = "prometheus";
        RuntimeDirectoryMode = "0700";
        StateDirectory = cfg.stateDir;
        StateDirectoryMode = "0700";
        WorkingDirectory = dir;
        NoNewPrivileges = true;
        PrivateTmp = true;
        ProtectHome = true;
        ProtectSystem = "full";
      };
    };
    assertions = [{
      assertion = builtins.match "(.*\\..*|.*]):[0-9]+" cfg.listenAddress == null;
      message = "`services.prometheus.listenAddress` holds a port, which `services.prometheus.port` is for";
    }];
  };
}
