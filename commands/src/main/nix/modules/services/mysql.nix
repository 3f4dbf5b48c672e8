# MariaDB, under NixOS's name services.mysql.
{ config, lib, pkgs, ... }:

let
  inherit (lib) mkOption option types;
  cfg = config.services.mysql;
  escape = lib.replaceStrings [ "'" ] [ "''" ];
  line = k: v: lib.concatMapStrings (x: if x == true then "${k}\n" else if x == false then "skip-${k}\n" else "${k}=${toString x}\n") (lib.toList v);
  section = name: values: "[${name}]\n" + lib.concatStrings (lib.mapAttrsToList line values) + "\n";
  ini = lib.concatStrings (lib.mapAttrsToList section cfg.settings);
  socket = "/run/mysqld/mysqld.sock";
  client = "/usr/bin/mariadb --no-defaults --user=root --socket=${socket} --batch";

  ensure = lib.concatMapStrings (db: "CREATE DATABASE IF NOT EXISTS `${db}`;\n") cfg.ensureDatabases
    + lib.concatMapStrings
    (u: "CREATE USER IF NOT EXISTS '${escape u.name}'@'localhost' IDENTIFIED WITH unix_socket;\n"
      + lib.concatStrings (lib.mapAttrsToList (object: rights: "GRANT ${rights} ON ${object} TO '${escape u.name}'@'localhost';\n") u.ensurePermissions))
    cfg.ensureUsers;
  firstTime = lib.concatMapStrings
    (db: ''
      ${client} -e 'CREATE DATABASE IF NOT EXISTS `${db.name}`'
    '' + lib.optionalString (db.schema != null) ''
      if [ -d ${db.schema} ]; then cat ${db.schema}/*.sql; else cat ${db.schema}; fi | ${client} '${db.name}'
    '')
    cfg.initialDatabases
  + lib.optionalString (cfg.initialScript != null) "${client} < ${cfg.initialScript}\n";
in
{
  imports = [
    (lib.mkRenamedOptionModule [ "services" "mysql" "port" ] [ "services" "mysql" "settings" "mysqld" "port" ])
    (lib.mkRenamedOptionModule [ "services" "mysql" "bind" ] [ "services" "mysql" "settings" "mysqld" "bind-address" ])
  ];

  options.services.mysql = {
    enable = lib.mkEnableOption "the MariaDB database";
    package = option types.package pkgs.mariadb "The server's package; Debian has MariaDB only." // { defaultText = "pkgs.mariadb"; };
    dataDir = option types.path "/var/lib/mysql" "Directory of the data.";
    user = option types.str "mysql" "User that it runs as.";
    group = option types.str "mysql" "Group that it runs as.";
    settings = option (types.attrsOf (types.attrsOf (types.oneOf [ types.bool types.int types.str (types.listOf types.str) ]))) { }
      "Sections of my.cnf." // { example = { mysqld.max_connections = 50; }; };
    configFile = option (types.nullOr types.path) null "A configuration to use instead of `settings`.";
    initialDatabases = option
      (types.listOf (types.submodule {
        options = {
          name = mkOption { type = types.str; description = "Name of the database."; };
          schema = option (types.nullOr types.path) null "File of SQL, or directory of such, to fill it with.";
        };
      }))
      [ ] "Databases to make at the first start.";
    initialScript = option (types.nullOr types.path) null "SQL to run once, at the first start.";
    ensureDatabases = option (types.listOf types.str) [ ] "Databases that must exist." // { example = [ "shop" ]; };
    ensureUsers = option
      (types.listOf (types.submodule {
        options = {
          name = mkOption { type = types.str; description = "Name of the user, who logs in as the system's user of that name."; };
          ensurePermissions = option (types.attrsOf types.str) { } "Rights by object." // { example = { "shop.*" = "ALL PRIVILEGES"; }; };
        };
      }))
      [ ] "Users that must exist." // { example = [{ name = "web"; ensurePermissions = { "shop.*" = "ALL PRIVILEGES"; }; }]; };
  };

  config = lib.mkIf cfg.enable {
    services.mysql.settings.mysqld = {
      datadir = lib.mkDefault cfg.dataDir;
      port = lib.mkDefault 3306;
      socket = lib.mkDefault socket;
    };
    users.users = lib.optionalAttrs (cfg.user == "mysql") {
      mysql = { description = "MySQL server user"; inherit (cfg) group; isSystemUser = true; };
    };
    users.groups = lib.optionalAttrs (cfg.group == "mysql") { mysql = { }; };
    environment.systemPackages = [ cfg.package ];
    environment.etc."my.cnf" = if cfg.configFile != null then { source = cfg.configFile; } else { text = ini; };
    environment.etc."nixlab/mysql/ensure.sql" = lib.mkIf (ensure != "") { text = ensure; };

    systemd.services.mysql = {
      description = "MySQL Server";
      aliases = [ "mariadb.service" "mysqld.service" ];
      wantedBy = [ "multi-user.target" ];
      after = [ "network.target" ];
      preStart = ''
        if [ ! -e ${cfg.dataDir}/mysql ]; then
            /usr/bin/mariadb-install-db --defaults-file=/etc/my.cnf --auth-root-authentication-method=socket --skip-test-db > /dev/null
        fi
      '';
      # Root alone may run the statements: it is the one whom the server knows by its socket.
      serviceConfig = {
        Type = "notify";
        User = cfg.user;
        Group = cfg.group;
        ExecStart = "/usr/sbin/mariadbd --defaults-file=/etc/my.cnf";
        ExecStartPost = lib.mkIf (firstTime != "" || ensure != "") "+/etc/nixlab/scripts/mysql-setup";
        Restart = "on-abort";
        RestartSec = "5s";
        RuntimeDirectory = "mysqld";
        RuntimeDirectoryMode = "0755";
        StateDirectory = lib.mkIf (cfg.dataDir == "/var/lib/mysql") "mysql";
        StateDirectoryMode = "0700";
        TimeoutStartSec = 300;
        LimitNOFILE = 16384;
      };
    };
    nixlab.files = lib.optional (firstTime != "" || ensure != "") {
      path = "/etc/nixlab/scripts/mysql-setup";
      mode = "0755";
      text = "#!/bin/bash\nset -e\n" + lib.optionalString (firstTime != "") ''
        if [ ! -e ${cfg.dataDir}/.nixlab-filled ]; then
        ${firstTime}touch ${cfg.dataDir}/.nixlab-filled
        fi
      '' + lib.optionalString (ensure != "") "${client} < /etc/nixlab/mysql/ensure.sql\n";
    };
  };
}
