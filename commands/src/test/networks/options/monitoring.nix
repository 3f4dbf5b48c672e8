# memcached, Prometheus with what it asks, and alertmanagers.
{
  monitor = {
    virtualisation.memorySize = 384;
    services.memcached = {
      enable = true;
      user = "cacher";
      listen = "127.0.0.1,192.168.1.1";
      port = 11212;
      maxMemory = 8;
      maxConnections = 99;
      extraOptions = [ "-t" "2" ];
    };
    users.users.cacher = { isSystemUser = true; group = "cacher"; };
    users.groups.cacher = { };

    services.prometheus = {
      enable = true;
      package = null;
      checkConfig = "syntax-only";
      enableReload = true;
      port = 9091;
      stateDir = "metrics";
      extraFlags = [ "--web.enable-remote-write-receiver" ];
      retentionTime = "12d";
      webExternalUrl = "http://monitor.test/prometheus/";
      webConfigFile = builtins.toFile "web.yml" ''{"http_server_config": {"headers": {"X-Frame-Options": "deny"}}}'';
      alertmanagerNotificationQueueCapacity = 77;
      alertmanagers = [{ scheme = "http"; path_prefix = "/alerts"; static_configs = [{ targets = [ "targets:9093" ]; }]; }];
      rules = [ ''{"groups": [{"name": "own", "rules": [{"alert": "Asked", "expr": "asked == 5", "labels": {"severity": "page"}}]}]}'' ];
      ruleFiles = [ (builtins.toFile "more.rules" ''{"groups": [{"name": "more", "rules": [{"record": "twice", "expr": "2 * asked"}]}]}'') ];
      globalConfig = { scrape_interval = "3s"; evaluation_interval = "2s"; external_labels.site = "here"; };
      remoteWrite = [{ url = "http://targets:8081/write"; name = "away"; write_relabel_configs = [{ source_labels = [ "job" ]; regex = "full"; action = "keep"; }]; }];
      remoteRead = [{ url = "http://127.0.0.1:9/read"; read_recent = false; }];
      scrapeConfigs = [
        {
          job_name = "full";
          static_configs = [{ targets = [ "targets:8081" ]; labels.room = "twelve"; }];
          scrape_interval = "2s";
          scrape_timeout = "2s";
          metrics_path = "/own";
          scheme = "http";
          params.word = [ "5" ];
          honor_labels = true;
          honor_timestamps = false;
          basic_auth = { username = "alice"; password = "wonder"; };
          relabel_configs = [{ target_label = "floor"; replacement = "two"; }];
          metric_relabel_configs = [{ source_labels = [ "__name__" ]; regex = "unwanted"; action = "drop"; }];
          sample_limit = 10;
        }
        { job_name = "filed"; file_sd_configs = [{ files = [ "/etc/prometheus-targets.json" ]; }]; bearer_token_file = "/etc/prometheus-token"; metrics_path = "/token"; }
        { job_name = "named"; dns_sd_configs = [{ names = [ "node.targets.test" ]; type = "A"; port = 9121; }]; bearer_token = "secret"; }
        { job_name = "listed"; http_sd_configs = [{ url = "http://targets:8081/list"; }]; tls_config.insecure_skip_verify = true; proxy_url = "http://targets:8081"; }
        { job_name = "typed"; authorization = { type = "Word"; credentials = "magic"; }; metrics_path = "/typed"; static_configs = [{ targets = [ "targets:8081" ]; }]; }
        { job_name = "exporters"; static_configs = [{ targets = map (port: "targets:${toString port}") [ 9115 9119 9121 ]; }]; }
      ];
    };
    environment.etc."prometheus-targets.json".text = builtins.toJSON [{ targets = [ "targets:8081" ]; }];
    environment.etc."prometheus-token".text = "filed-token";
    networking.hosts."192.168.1.2" = [ "node.targets.test" ];
    services.dnsmasq.enable = true;

    # The configuration as text, and working together.
    services.prometheus.alertmanager = {
      enable = true;
      configText = ''{"route": {"receiver": "none"}, "receivers": [{"name": "none"}]}'';
      clusterPeers = [ "targets" ];
      port = 9095;
    };
    networking.firewall.allowedTCPPorts = [ 9091 9094 11212 ];
    networking.firewall.allowedUDPPorts = [ 9094 ];
  };

  targets = { pkgs, ... }: {
    virtualisation.memorySize = 640;
    services.nginx = {
      enable = true;
      statusPage = true;
      commonHttpConfig = ''log_format asked '$uri $http_authorization'; access_log /var/log/nginx/asked.log asked;'';
      virtualHosts.targets = {
        serverName = "targets";
        default = true;
        listen = [{ addr = "0.0.0.0"; port = 8081; }];
        locations."/own" = { basicAuth.alice = "wonder"; tryFiles = "/metrics-\$arg_word =404"; root = pkgs.writeTextDir "metrics-5" "asked 5\nunwanted 1\n"; };
        locations."/list".extraConfig = ''default_type application/json; return 200 '[{"targets": ["targets:9121"], "labels": {"found": "list"}}]';'';
        locations."/".return = "200 \"some 1\\n\"";
      };
    };
    services.postgresql = { enable = true; };
    services.mysql = { enable = true; package = pkgs.mariadb; };
    services.redis.servers."".enable = true;
    services.bind = { enable = true; extraConfig = "statistics-channels { inet 127.0.0.1 port 8054 allow { 127.0.0.1; }; };"; };
    services.prometheus.exporters =
      let
        # What all of them have.
        common = port: flags: {
          enable = true;
          inherit port;
          listenAddress = "0.0.0.0";
          openFirewall = true;
          firewallFilter = null;
          firewallRules = "tcp dport ${toString port} accept";
          extraFlags = flags;
          user = "watcher";
          group = "watcher";
        };
      in
      {
        blackbox = common 9115 [ "--log.level=error" ] // {
          enableConfigCheck = false;
          configFile = builtins.toFile "blackbox.yml" ''{"modules": {"ping": {"prober": "icmp"}}}'';
        };
        nginx = common 9113 [ "-nginx.retries=2" ] // { telemetryPath = "/stats"; scrapeUri = "http://127.0.0.1/nginx_status"; sslVerify = false; constLabels = [ "room=twelve" ]; };
        postgres = common 9187 [ "--log.level=error" ] // {
          user = "postgres";
          runAsLocalSuperUser = false;
          telemetryPath = "/stats";
          environmentFile = "/etc/postgres-exporter";
          dataSourceName = "user=postgres database=postgres host=/run/postgresql sslmode=disable";
        };
        mysqld = common 9104 [ "--log.level=error" ] // { runAsLocalSuperUser = true; configFile = "/etc/mysqld-exporter.cnf"; telemetryPath = "/stats"; };
        redis = common 9121 [ "-redis.addr=redis://127.0.0.1:6379" ];
        process = common 9256 [ "-threads=false" ] // { settings.process_names = [{ name = "{{.Comm}}"; cmdline = [ ".+" ]; }]; };
        bind = common 9119 [ "--web.telemetry-path=/metrics" ] // { bindURI = "http://127.0.0.1:8054/"; bindTimeout = "9s"; bindVersion = "xml.v3"; bindGroups = [ "server" ]; };
      };
    environment.etc."postgres-exporter".text = "PG_EXPORTER_EXTRA=yes\n";
    environment.etc."mysqld-exporter.cnf".text = "[client]\nuser=mysql\npassword=unused\nsocket=/run/mysqld/mysqld.sock\n";
    users.users.watcher = { isSystemUser = true; group = "watcher"; };
    users.groups.watcher = { };
    networking.firewall.allowedTCPPorts = [ 8081 9094 ];
    networking.firewall.allowedUDPPorts = [ 9094 ];

    services.memcached = { enable = true; enableUnixSocket = true; };
    services.prometheus.alertmanager = {
      enable = true;
      package = null;
      checkConfig = false;
      openFirewall = true;
      listenAddress = "0.0.0.0";
      logFormat = "json";
      logLevel = "debug";
      webExternalUrl = "http://alerts.test/alerts/";
      extraFlags = [ "--data.retention=24h" ];
      environmentFile = "/etc/alertmanager-environment";
      configuration = {
        route = { receiver = "team"; group_wait = "1s"; group_interval = "5s"; };
        receivers = [{ name = "team"; webhook_configs = [{ url = "http://127.0.0.1:8081/\${TEAM}"; }]; }];
      };
    };
    environment.etc."alertmanager-environment".text = "TEAM=blue\n";

    # One that only sends on.
    services.prometheus = {
      enable = true;
      enableAgentMode = true;
      listenAddress = "127.0.0.1";
      configText = builtins.toJSON {
        global.scrape_interval = "2s";
        scrape_configs = [{ job_name = "self"; static_configs = [{ targets = [ "localhost:9090" ]; }]; }];
        remote_write = [{ url = "http://monitor:9091/prometheus/api/v1/write"; write_relabel_configs = [{ target_label = "via"; replacement = "agent"; }]; }];
      };
    };
  };
}
