# HAProxy.
{ config, lib, pkgs, ... }:

let
  inherit (lib) mkOption option types;
  cfg = config.services.haproxy;
in
{
  options.services.haproxy = {
    enable = lib.mkEnableOption "the HAProxy load balancer";
    config = option (types.nullOr types.lines) null "Content of haproxy.cfg.";
    user = option types.str "haproxy" "User that it runs as.";
    group = option types.str "haproxy" "Group that it runs as.";
    package = lib.inert (types.nullOr types.package) pkgs.haproxy "The server's package." // { defaultText = "pkgs.haproxy"; };
  };

  config = lib.mkIf cfg.enable {
    assertions = [{ assertion = cfg.config != null; message = "`services.haproxy.config` must be set"; }];
    nixlab.packages = [ "haproxy" ];
    environment.etc."haproxy.cfg".text = ''
      global
        stats socket /run/haproxy/haproxy.sock mode 600 expose-fd listeners level user
      ${toString cfg.config}
    '';
    users.users = lib.optionalAttrs (cfg.user == "haproxy") { haproxy = { inherit (cfg) group; isSystemUser = true; }; };
    users.groups = lib.optionalAttrs (cfg.group == "haproxy") { haproxy = { }; };
    systemd.services.haproxy = {
      description = "HAProxy";
      wantedBy = [ "multi-user.target" ];
      after = [ "network.target" ];
      serviceConfig = {
        Type = "notify";
        User = cfg.user;
        Group = cfg.group;
        ExecStart = "/usr/sbin/haproxy -Ws -f /etc/haproxy.cfg -p /run/haproxy/haproxy.pid";
        ExecReload = [ "/usr/sbin/haproxy -c -f /etc/haproxy.cfg" "/bin/kill -USR2 $MAINPID" ];
        KillMode = "mixed";
        SuccessExitStatus = "143";
        Restart = "always";
        RuntimeDirectory = "haproxy";
        AmbientCapabilities = "CAP_NET_BIND_SERVICE";
        NoNewPrivileges = true;
      };
    };
  };
}
