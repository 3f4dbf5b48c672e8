# PostgreSQL, MariaDB and Redis.
{
  postgres = { pkgs, ... }: {
    virtualisation.memorySize = 1024;
    services.postgresql = {
      enable = true;
      package = pkgs.postgresql_15;
      dataDir = "/var/lib/postgresql/15";
      enableTCPIP = true;
      enableJIT = true;
      authentication = "host shop web 192.168.1.0/24 trust";
      identMap = "crew alice web";
      ensureDatabases = [ "shop" "web" ];
      ensureUsers = [
        { name = "web"; ensureDBOwnership = true; ensurePermissions."DATABASE shop" = "CONNECT"; }
        { name = "boss"; ensureClauses = { superuser = true; createrole = true; createdb = true; "inherit" = false; login = true; replication = true; bypassrls = true; }; }
      ];
      initialScript = pkgs.writeText "initial.sql" "CREATE TABLE started (n int); INSERT INTO started VALUES (42);";
      initdbArgs = [ "--data-checksums" ];
      settings = { port = 5433; log_line_prefix = "[mine] "; listen_addresses = "*"; shared_preload_libraries = "auto_explain"; max_connections = 33; };
      extensions = ps: [ ps.rum ];
      checkConfig = true;
      systemCallFilter = { };
    };
    services.redis.package = null;
    services.redis.vmOverCommit = true;
    services.redis.servers."" = {
      enable = true;
      bind = null;
      port = 6380;
      openFirewall = true;
      logLevel = "verbose";
      logfile = "/var/lib/redis/log";
      syslog = false;
      databases = 4;
      maxclients = 99;
      save = [ [ 11 1 ] ];
      requirePass = "secret";
      appendOnly = true;
      appendFsync = "always";
      slowLogLogSlowerThan = 77;
      slowLogMaxLen = 78;
      settings.maxmemory = "32mb";
      extraParams = [ "--maxmemory-policy" "allkeys-lru" ];
    };
    services.redis.servers.copy = {
      enable = true;
      user = "copier";
      group = "copier";
      port = 6381;
      slaveOf = { ip = "127.0.0.1"; port = 6380; };
      masterAuth = "secret";
      unixSocket = "/run/redis-copy/own.sock";
      unixSocketPerm = 600;
    };
    services.redis.servers.filed = { enable = true; port = 6382; requirePassFile = "/etc/redis-password"; };
    users.users.copier = { isSystemUser = true; group = "copier"; };
    users.groups.copier = { };
    environment.etc.redis-password.text = "from-file";
    environment.systemPackages = [ pkgs.redis ];
  };

  maria = { pkgs, ... }: {
    services.mysql = {
      enable = true;
      package = pkgs.mariadb;
      dataDir = "/var/lib/mysql";
      user = "mysql";
      group = "mysql";
      settings = { mysqld = { max_connections = 44; bind-address = "127.0.0.1"; port = 3307; skip-log-bin = true; }; client.port = 3307; };
      initialDatabases = [{ name = "filled"; schema = pkgs.writeText "schema.sql" "CREATE TABLE t (n int); INSERT INTO t VALUES (43);"; }];
      initialScript = pkgs.writeText "initial.sql" "CREATE DATABASE scripted;";
      ensureDatabases = [ "shop" ];
      ensureUsers = [{ name = "web"; ensurePermissions."shop.*" = "ALL PRIVILEGES"; }];
    };
    users.users.web = { isNormalUser = true; };
  };

  # A configuration of one's own, and data elsewhere.
  own = { pkgs, ... }: {
    services.mysql = { enable = true; configFile = pkgs.writeText "my.cnf" "[mysqld]\ndatadir=/srv/data\nsocket=/run/mysqld/mysqld.sock\n"; dataDir = "/srv/data"; };
    systemd.tmpfiles.rules = [ "d /srv/data 0700 mysql mysql" ];
  };
}
