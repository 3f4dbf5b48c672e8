# Exporters of Prometheus: what they have in common, and those that Debian has.
{ config, lib, pkgs, ... }:

let
  inherit (lib) option types;
  cfg = config.services.prometheus.exporters;
  path = option types.str "/metrics" "Path of the metrics.";
  superuser = service: option types.bool false "Whether it runs as the user of `services.${service}`, who may see everything.";
  flag = name: value: "--${name}=${value}";

  # By name: its port, options of its own, and what follows from them: arguments and more of the service.
  exporters = {
    node = {
      port = 9100;
      options = {
        enabledCollectors = option (types.listOf types.str) [ ] "Collectors to use beside the usual ones." // { example = [ "systemd" ]; };
        disabledCollectors = option (types.listOf types.str) [ ] "Collectors not to use." // { example = [ "timex" ]; };
      };
      arguments = c: map (n: "--collector.${n}") c.enabledCollectors ++ map (n: "--no-collector.${n}") c.disabledCollectors;
    };
    blackbox = {
      port = 9115;
      options = {
        configFile = lib.mkOption { type = types.path; description = "File of its modules: what can be asked."; };
        enableConfigCheck = lib.inert types.bool true "Check that file when building.";
      };
      arguments = c: [ (flag "config.file" "${c.configFile}") ];
      # To ping.
      service = _: { AmbientCapabilities = [ "CAP_NET_RAW" ]; };
    };
    nginx = {
      port = 9113;
      options = {
        scrapeUri = option types.str "http://localhost/nginx_status" "URL of nginx' status page, which `services.nginx.statusPage` makes.";
        telemetryPath = path;
        sslVerify = option types.bool true "Whether the certificate of that page is checked.";
        constLabels = option (types.listOf types.str) [ ] "Labels of all it tells." // { example = [ "room=12" ]; };
      };
      arguments = c: [ (flag "nginx.scrape-uri" c.scrapeUri) (flag "nginx.ssl-verify" (lib.boolToString c.sslVerify)) (flag "web.telemetry-path" c.telemetryPath) ]
        ++ lib.optional (c.constLabels != [ ]) (flag "prometheus.const-labels" (lib.concatStringsSep "," c.constLabels));
      after = lib.optional config.services.nginx.enable "nginx.service";
    };
    postgres = {
      port = 9187;
      options = {
        telemetryPath = path;
        dataSourceName = option types.str "user=postgres database=postgres host=/run/postgresql sslmode=disable" "How it reaches the server.";
        runAsLocalSuperUser = superuser "postgresql";
        environmentFile = option (types.nullOr types.path) null "File in the machine with its environment, such as DATA_SOURCE_NAME.";
      };
      arguments = c: [ (flag "web.telemetry-path" c.telemetryPath) ];
      user = c: lib.optionalString c.runAsLocalSuperUser "postgres";
      service = c: lib.optionalAttrs (c.environmentFile != null) { EnvironmentFile = "${c.environmentFile}"; };
      environment = c: { DATA_SOURCE_NAME = c.dataSourceName; };
      after = lib.optional config.services.postgresql.enable "postgresql.service";
    };
    mysqld = {
      port = 9104;
      options = {
        telemetryPath = path;
        runAsLocalSuperUser = superuser "mysql";
        configFile = lib.mkOption { type = types.path; description = "File in the machine that says how it reaches the server, as my.cnf does."; };
      };
      arguments = c: [ (flag "web.telemetry-path" c.telemetryPath) "--config.my-cnf=\${CREDENTIALS_DIRECTORY}/config" ];
      user = c: lib.optionalString c.runAsLocalSuperUser config.services.mysql.user;
      service = c: { LoadCredential = "config:${c.configFile}"; };
      after = lib.optional config.services.mysql.enable "mysql.service";
    };
    redis = { port = 9121; };
    process = {
      port = 9256;
      options.settings.process_names = option (types.listOf types.anything) [ ] "Groups of processes, with the exporter's names."
        // { example = [{ name = "{{.Comm}}"; cmdline = [ ".+" ]; }]; };
      arguments = c: [ (flag "config.path" "${pkgs.writeText "process-exporter.yaml" (builtins.toJSON c.settings)}") ];
    };
    bind = {
      port = 9119;
      options = {
        bindURI = option types.str "http://localhost:8053/" "URL of the name server's statistics.";
        bindTimeout = option types.str "10s" "How long they may take.";
        bindVersion = option (types.enum [ "xml.v2" "xml.v3" "auto" ]) "auto" "Version of the statistics.";
        bindGroups = option (types.listOf (types.enum [ "server" "view" "tasks" ])) [ "server" "view" ] "Which statistics are collected.";
      };
      arguments = c: [
        (flag "bind.stats-url" c.bindURI)
        (flag "bind.timeout" c.bindTimeout)
        (flag "bind.stats-version" c.bindVersion)
        (flag "bind.stats-groups" (lib.concatStringsSep "," c.bindGroups))
      ];
      after = lib.optional config.services.bind.enable "bind.service";
    };
  };

  common = name: e: {
    enable = lib.mkEnableOption "the ${name} exporter of Prometheus";
    port = option types.port e.port "Port it listens on.";
    listenAddress = option types.str "0.0.0.0" "Address it listens on.";
    openFirewall = option types.bool false "Whether the firewall lets its port in.";
    firewallFilter = lib.inert (types.nullOr types.str) null "Whom the firewall lets in, in iptables' words.";
    firewallRules = option (types.nullOr types.lines) null "Rules of nftables instead, with `openFirewall`." // { example = "iifname eth1 tcp dport ${toString e.port} accept"; };
    extraFlags = option (types.listOf types.str) [ ] "Further arguments." // { example = [ "--log.level=debug" ]; };
    user = option types.str "${name}-exporter" "User that it runs as.";
    group = option types.str "${name}-exporter" "Group that it runs as.";
  };

  settings = name: e:
    let
      c = cfg.${name};
      own = "${name}-exporter";
      after = e.after or [ ];
      user = (e.user or (_: "")) c;
    in
    lib.mkIf c.enable {
      nixlab.packages = [ "prometheus-${name}-exporter" ];
      networking.firewall = lib.mkIf c.openFirewall {
        allowedTCPPorts = lib.optional (c.firewallRules == null) c.port;
        extraInputRules = lib.mkIf (c.firewallRules != null) c.firewallRules;
      };
      users.users = lib.optionalAttrs (c.user == own && user == "") { ${own} = { isSystemUser = true; inherit (c) group; }; };
      users.groups = lib.optionalAttrs (c.group == own) { ${own} = { }; };
      systemd.services."prometheus-${name}-exporter" = {
        description = "Prometheus ${name} exporter";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ] ++ after;
        environment = (e.environment or (_: { })) c;
        serviceConfig = {
          ExecStart = lib.concatStringsSep " " ([ "/usr/bin/prometheus-${name}-exporter" ]
            ++ map (a: if lib.hasInfix " " a then "\"${a}\"" else a) ((e.arguments or (_: [ ])) c)
            ++ [ (flag "web.listen-address" "${c.listenAddress}:${toString c.port}") ]
            ++ c.extraFlags);
          User = if user != "" then user else c.user;
          Group = c.group;
          Restart = "always";
          RuntimeDirectory = "prometheus-${name}-exporter";
          NoNewPrivileges = true;
          PrivateTmp = true;
        } // (e.service or (_: { })) c;
      };
    };
in
{
  options.services.prometheus.exporters = lib.mapAttrs (name: e: common name e // e.options or { }) exporters;
  config = lib.mkMerge (lib.mapAttrsToList settings exporters);
}
