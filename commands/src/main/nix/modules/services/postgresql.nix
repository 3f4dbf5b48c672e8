# PostgreSQL. Debian's own clusters stay asleep: the server is NixOS's one, with its data below /var/lib/postgresql.
{ config, lib, pkgs, ... }:

let
  inherit (lib) mkOption option types;
  cfg = config.services.postgresql;
  bin = "/usr/lib/postgresql/15/bin";
  value = v: if v == true then "yes" else if v == false then "no" else if builtins.isString v then "'${lib.replaceStrings [ "'" ] [ "''" ] v}'" else toString v;
  quote = name: "\"${lib.replaceStrings [ "\"" ] [ "\"\"" ] name}\"";
  literal = text: "'${lib.replaceStrings [ "'" ] [ "''" ] text}'";
  clause = name: on: lib.optionalString (on != null) " ${lib.optionalString (!on) "NO"}${lib.toUpper name}";

  # Everything that must exist, in one go: every program costs time in an emulated machine.
  ensure = lib.concatMapStrings
    (db: "SELECT 'CREATE DATABASE ${lib.replaceStrings [ "'" ] [ "''" ] (quote db)}' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = ${literal db}) \\gexec\n")
    cfg.ensureDatabases
  + lib.concatMapStrings
    (u:
      "SELECT 'CREATE ROLE ${quote u.name} LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${literal u.name}) \\gexec\n"
      + (let clauses = lib.concatStrings (lib.mapAttrsToList clause (removeAttrs u.ensureClauses [ "password" ])); in
        lib.optionalString (clauses != "") "ALTER ROLE ${quote u.name}${clauses};\n")
      + lib.optionalString u.ensureDBOwnership "ALTER DATABASE ${quote u.name} OWNER TO ${quote u.name};\n"
      + lib.concatStrings (lib.mapAttrsToList (object: rights: "GRANT ${rights} ON ${object} TO ${quote u.name};\n") u.ensurePermissions))
    cfg.ensureUsers;
  psql = "${bin}/psql --no-psqlrc --set ON_ERROR_STOP=1 --quiet --port ${toString cfg.settings.port} --dbname postgres";
  setting = types.oneOf [ types.bool types.float types.int types.str ];
  conf = lib.concatStrings (lib.mapAttrsToList (k: v: lib.optionalString (v != null) "${k} = ${value v}\n") cfg.settings);
  extensions = if builtins.isFunction cfg.extensions then cfg.extensions pkgs.postgresqlPackages else cfg.extensions;
in
{
  imports = [
    (lib.mkRenamedOptionModule [ "services" "postgresql" "port" ] [ "services" "postgresql" "settings" "port" ])
    (lib.mkRenamedOptionModule [ "services" "postgresql" "logLinePrefix" ] [ "services" "postgresql" "settings" "log_line_prefix" ])
    (lib.mkRenamedOptionModule [ "services" "postgresql" "extraPlugins" ] [ "services" "postgresql" "extensions" ])
  ];

  options.services.postgresql = {
    enable = lib.mkEnableOption "PostgreSQL";
    package = option types.package pkgs.postgresql "The server's package; Debian has one version, 15." // { defaultText = "pkgs.postgresql"; };
    dataDir = option types.path "/var/lib/postgresql/15" "Directory of the data.";
    enableTCPIP = option types.bool false "Whether it listens on all addresses, not on the local ones only.";
    authentication = option types.lines "" "Lines of pg_hba.conf; the usual ones follow." // { example = "host all all 192.168.1.0/24 md5"; };
    identMap = option types.lines "" "Lines of pg_ident.conf.";
    ensureDatabases = option (types.listOf types.str) [ ] "Databases that must exist." // { example = [ "shop" ]; };
    ensureUsers = option
      (types.listOf (types.submodule {
        options = {
          name = mkOption { type = types.str; description = "Name of the role."; };
          ensureDBOwnership = option types.bool false "Whether it owns the database of its name.";
          ensurePermissions = option (types.attrsOf types.str) { } "Rights by object." // { example = { "DATABASE shop" = "ALL PRIVILEGES"; }; };
          ensureClauses = lib.genAttrs [ "superuser" "createrole" "createdb" "inherit" "login" "replication" "bypassrls" ]
            (name: option (types.nullOr types.bool) null "Whether the role has ${lib.toUpper name}; null: unchanged.");
        };
      }))
      [ ] "Roles that must exist." // { example = [{ name = "web"; }]; };
    initialScript = option (types.nullOr types.path) null "SQL to run once, at the first start.";
    initdbArgs = option (types.listOf types.str) [ ] "Further arguments of initdb." // { example = [ "--data-checksums" ]; };
    settings = option (types.submodule {
      freeformType = types.attrsOf (types.nullOr setting);
      options = {
        port = option types.port 5432 "Port it listens on.";
        listen_addresses = option types.str (if cfg.enableTCPIP then "*" else "localhost") "Addresses it listens on." // { defaultText = "localhost"; };
        log_line_prefix = option types.str "[%p] " "Begin of log lines.";
        shared_preload_libraries = option (types.nullOr (types.coercedTo (types.listOf types.str) (lib.concatStringsSep ",") types.str)) null "Libraries to load at start.";
      };
    }) { } "Settings of postgresql.conf." // { example = { max_connections = 50; }; };
    extensions = option (types.either (types.listOf types.package) types.raw) [ ] "Packages of extensions, or a function that picks them out of Debian's postgresql-15-…."
      // { example = lib.literalExpression "ps: [ ps.rum ]"; };
    superUser = lib.internal types.str "postgres";
    checkConfig = lib.inert types.bool true "Check the configuration when building.";
    enableJIT = option types.bool false "Whether queries may be compiled.";
    systemCallFilter = lib.inert types.raw { } "System calls the server may use.";
  };

  config = lib.mkIf cfg.enable {
    services.postgresql.settings = {
      hba_file = "/etc/nixlab/postgresql/pg_hba.conf";
      ident_file = "/etc/nixlab/postgresql/pg_ident.conf";
      log_destination = lib.mkDefault "stderr";
      unix_socket_directories = lib.mkDefault "/run/postgresql";
      jit = lib.mkDefault cfg.enableJIT;
    };
    services.postgresql.authentication = lib.mkAfter ''
      local all all peer
      host all all 127.0.0.1/32 md5
      host all all ::1/128 md5
    '';
    users.users.postgres = { group = "postgres"; home = "/var/lib/postgresql"; isSystemUser = true; useDefaultShell = true; description = "PostgreSQL server user"; };
    users.groups.postgres = { };
    environment.systemPackages = [ cfg.package ] ++ extensions;

    # One file for everything that has to be there; the script runs it as the superuser.
    environment.etc = {
      "nixlab/postgresql/postgresql.conf".text = conf;
      "nixlab/postgresql/pg_hba.conf".text = cfg.authentication;
      "nixlab/postgresql/pg_ident.conf".text = cfg.identMap;
      "nixlab/postgresql/ensure.sql" = lib.mkIf (ensure != "") { text = ensure; };
    };
    nixlab.files = [
      { path = "/etc/systemd/system-generators/postgresql-generator"; link = "/dev/null"; }
      { path = "/etc/systemd/system/postgresql@.service"; link = "/dev/null"; }
    ];

    systemd.services.postgresql = {
      description = "PostgreSQL Server";
      wantedBy = [ "multi-user.target" ];
      after = [ "network.target" ];
      environment.PGDATA = cfg.dataDir;
      preStart = ''
        if [ ! -e "$PGDATA/PG_VERSION" ]; then
            # What Debian's package makes at installation is in the way, and nobody has used it.
            rm -rf "$PGDATA/main"
            ${bin}/initdb -U postgres --no-sync ${lib.escapeShellArgs cfg.initdbArgs}
            touch "$PGDATA/.first_startup"
        fi
      '';
      postStart = ''
        if [ -e "$PGDATA/.first_startup" ]; then
      '' + lib.optionalString (cfg.initialScript != null) "    ${psql} --file ${cfg.initialScript}\n" + ''
            rm -f "$PGDATA/.first_startup"
        fi
      '' + lib.optionalString (ensure != "") "${psql} --file /etc/nixlab/postgresql/ensure.sql\n";
      serviceConfig = {
        Type = "notify";
        User = "postgres";
        Group = "postgres";
        ExecStart = "${bin}/postgres -D ${cfg.dataDir} -c config_file=/etc/nixlab/postgresql/postgresql.conf";
        ExecReload = "/bin/kill -HUP $MAINPID";
        KillSignal = "SIGINT";
        KillMode = "mixed";
        TimeoutSec = 600;
        RuntimeDirectory = "postgresql";
        RuntimeDirectoryMode = "0755";
        StateDirectory = lib.mkIf (cfg.dataDir == "/var/lib/postgresql/15") "postgresql postgresql/15";
        StateDirectoryMode = "0750";
      };
      unitConfig.RequiresMountsFor = cfg.dataDir;
    };
  };
}
