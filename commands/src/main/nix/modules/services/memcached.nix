# memcached.
{ config, lib, ... }:

let
  inherit (lib) option types;
  cfg = config.services.memcached;
  own = cfg.user == "memcached";
in
{
  options.services.memcached = {
    enable = lib.mkEnableOption "memcached";
    user = option types.str "memcached" "User that it runs as.";
    listen = option types.str "127.0.0.1" "Address it listens on." // { example = "0.0.0.0"; };
    port = option types.port 11211 "Port it listens on.";
    enableUnixSocket = option types.bool false "Whether it listens on the UNIX socket /run/memcached/memcached.sock instead.";
    maxMemory = option types.ints.unsigned 64 "Most memory for what it keeps, in MiB.";
    maxConnections = option types.ints.unsigned 1024 "Most connections at a time.";
    extraOptions = option (types.listOf types.str) [ ] "Further arguments." // { example = [ "-vv" ]; };
  };

  config = lib.mkIf cfg.enable {
    nixlab.packages = [ "memcached" ];
    users.users = lib.optionalAttrs own { memcached = { description = "Memcached server user"; isSystemUser = true; group = "memcached"; }; };
    users.groups = lib.optionalAttrs own { memcached = { }; };
    systemd.services.memcached = {
      description = "Memcached server";
      wantedBy = [ "multi-user.target" ];
      after = [ "network.target" ];
      serviceConfig = {
        ExecStart = lib.concatStringsSep " " ([ "/usr/bin/memcached" ]
          ++ (if cfg.enableUnixSocket then [ "-s /run/memcached/memcached.sock" ] else [ "-l ${cfg.listen} -p ${toString cfg.port}" ])
          ++ [ "-m ${toString cfg.maxMemory} -c ${toString cfg.maxConnections}" ]
          ++ cfg.extraOptions);
        User = cfg.user;
        RuntimeDirectory = "memcached";
        CapabilityBoundingSet = "";
        NoNewPrivileges = true;
        PrivateTmp = true;
        ProtectHome = true;
        ProtectSystem = "strict";
      };
    };
  };
}
