# Redis servers; services.redis.servers."" is the unit redis.service.
{ config, lib, pkgs, ... }:

let
  inherit (lib) option types;
  cfg = config.services.redis;
  unit = name: "redis" + lib.optionalString (name != "") "-${name}";
  value = v: if v == true then "yes" else if v == false then "no" else toString v;
  line = k: v: lib.concatMapStrings (x: "${k} ${value x}\n") (lib.toList v);
  setting = types.oneOf [ types.bool types.int types.str (types.listOf types.str) ];

  server = types.submodule ({ name, config, ... }: {
    options = {
      enable = lib.mkEnableOption "this Redis server";
      user = option types.str (unit name) "User that it runs as." // { defaultText = "redis, or redis-NAME"; };
      group = option types.str config.user "Group that it runs as." // { defaultText = "as user"; };
      port = option types.port (if name == "" then 6379 else 0) "Port it listens on; 0: none." // { defaultText = "6379 for \"\", else 0"; };
      openFirewall = option types.bool false "Whether the firewall lets its port in.";
      extraParams = option (types.listOf types.str) [ ] "Further arguments.";
      bind = option (types.nullOr types.str) "127.0.0.1" "Address it listens on; null: all.";
      unixSocket = option (types.nullOr types.path) "/run/${unit name}/redis.sock" "Its UNIX socket." // { defaultText = "/run/redis/redis.sock"; };
      unixSocketPerm = option types.int 660 "Mode of the socket.";
      logLevel = option types.str "notice" "How much it logs.";
      logfile = option types.str "/dev/null" "File it logs to.";
      syslog = option types.bool true "Whether it logs to the journal.";
      databases = option types.int 16 "Number of databases.";
      maxclients = option types.int 10000 "Most clients at a time.";
      save = option (types.listOf (types.listOf types.int)) [ [ 900 1 ] [ 300 10 ] [ 60 10000 ] ] "When it saves: after so many seconds, if so many keys changed.";
      slaveOf = option
        (types.nullOr (types.submodule {
          options = {
            ip = lib.mkOption { type = types.str; description = "Address of the master."; };
            port = lib.mkOption { type = types.port; description = "Port of the master."; };
          };
        }))
        null "Master of which it is a copy.";
      masterAuth = option (types.nullOr types.str) null "Password of the master.";
      requirePass = option (types.nullOr types.str) null "Password that clients must give.";
      requirePassFile = option (types.nullOr types.path) null "File in the machine that holds the password.";
      appendOnly = option types.bool false "Whether every change is written at once.";
      appendFsync = option types.str "everysec" "When changes reach the disk.";
      slowLogLogSlowerThan = option types.int 10000 "Commands slower than this (in microseconds) are remembered.";
      slowLogMaxLen = option types.int 128 "How many slow commands are remembered.";
      settings = option (types.attrsOf setting) { } "Lines of redis.conf." // { example = { maxmemory = "64mb"; }; };
    };
    config.settings = lib.mkMerge [
      {
        inherit (config) port databases maxclients;
        daemonize = false;
        supervised = "systemd";
        loglevel = config.logLevel;
        logfile = config.logfile;
        syslog-enabled = config.syslog;
        save = if config.save == [ ] then "\"\"" else map (s: "${toString (lib.head s)} ${toString (lib.last s)}") config.save;
        dbfilename = "dump.rdb";
        dir = "/var/lib/${unit name}";
        appendOnly = config.appendOnly;
        appendfsync = config.appendFsync;
        slowlog-log-slower-than = config.slowLogLogSlowerThan;
        slowlog-max-len = config.slowLogMaxLen;
      }
      (lib.mkIf (config.bind != null) { inherit (config) bind; })
      (lib.mkIf (config.unixSocket != null) { unixsocket = toString config.unixSocket; unixsocketperm = toString config.unixSocketPerm; })
      (lib.mkIf (config.slaveOf != null) { replicaof = "${config.slaveOf.ip} ${toString config.slaveOf.port}"; })
      (lib.mkIf (config.masterAuth != null) { masterauth = config.masterAuth; })
      (lib.mkIf (config.requirePass != null) { requirepass = config.requirePass; })
    ];
  });
  enabled = lib.filterAttrs (_: s: s.enable) cfg.servers;
  old = [ "enable" "port" "openFirewall" "bind" "unixSocket" "logLevel" "databases" "save" "slaveOf" "requirePass" "appendOnly" "appendFsync" "settings" ];
in
{
  imports = [
    ({ options, ... }: {
      options.services.redis = lib.genAttrs old (name: lib.mkOption {
        visible = false;
        type = types.unspecified;
        renamedTo = [ "services" "redis" "servers" "" name ];
      });
      config = lib.mkIf (lib.any (name: options.services.redis.${name}.isDefined) old) {
        services.redis.servers."" = lib.mkMerge (map (name: { ${name} = lib.mkAliasDefinitions options.services.redis.${name}; }) old);
        warnings = lib.concatMap (name: lib.obsolete [ "services" "redis" name ] [ "services" "redis" "servers" "" name ] options.services.redis.${name}) old;
      };
    })
  ];

  options.services.redis = {
    servers = option (types.attrsOf server) { } "The servers, by name." // { example = lib.literalExpression ''{ "".enable = true; }''; };
    vmOverCommit = option types.bool true "Whether the kernel promises more memory than there is, which Redis wants for saving.";
    package = lib.inert (types.nullOr types.package) pkgs.redis "The server's package." // { defaultText = "pkgs.redis"; };
  };

  config = lib.mkIf (enabled != { }) {
    nixlab.packages = [ "redis-server" "redis-tools" ];
    boot.kernel.sysctl = lib.mkIf cfg.vmOverCommit { "vm.overcommit_memory" = "1"; };
    networking.firewall.allowedTCPPorts = lib.concatMap (s: lib.optional s.openFirewall s.port) (lib.attrValues enabled);
    users.users = lib.mapAttrs' (name: s: { name = s.user; value = { description = "Redis server"; isSystemUser = true; inherit (s) group; }; })
      (lib.filterAttrs (name: s: s.user == unit name) enabled);
    users.groups = lib.mapAttrs' (name: s: { name = s.group; value = { }; }) (lib.filterAttrs (name: s: s.group == unit name) enabled);
    environment.etc = lib.mapAttrs'
      (name: s: {
        name = "nixlab/${unit name}.conf";
        value = {
          text = lib.concatStrings (lib.mapAttrsToList line s.settings);
          mode = "0640";
          inherit (s) group;
        };
      })
      enabled;
    systemd.services = lib.mapAttrs'
      (name: s: {
        name = unit name;
        value = {
          description = "Redis server ${name}";
          aliases = lib.optional (name == "") "redis-server.service";
          wantedBy = [ "multi-user.target" ];
          after = [ "network.target" ];
          serviceConfig = {
            Type = "notify";
            User = s.user;
            Group = s.group;
            RuntimeDirectory = unit name;
            RuntimeDirectoryMode = "0750";
            StateDirectory = unit name;
            StateDirectoryMode = "0700";
            Restart = "always";
            UMask = "0077";
          } // (if s.requirePassFile == null then {
            ExecStart = "/usr/bin/redis-server /etc/nixlab/${unit name}.conf ${lib.escapeShellArgs s.extraParams}";
          } else {
            LoadCredential = "password:${s.requirePassFile}";
            ExecStart = "/bin/sh -c 'exec /usr/bin/redis-server /etc/nixlab/${unit name}.conf --requirepass \"$(cat \"$CREDENTIALS_DIRECTORY/password\")\" ${lib.escapeShellArgs s.extraParams}'";
          });
        };
      })
      enabled;
  };
}
