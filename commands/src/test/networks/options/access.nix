# Ways in: sshd, HAProxy, the node exporter.
{
  server = { pkgs, lib, ... }: {
    services.openssh = {
      enable = true;
      package = null;
      startWhenNeeded = false;
      ports = [ 22 2222 ];
      openFirewall = true;
      listenAddresses = [ { addr = "0.0.0.0"; port = 2022; } { addr = "0.0.0.0"; } ];
      allowSFTP = true;
      sftpFlags = [ "-l INFO" ];
      banner = "Mind the step.\n";
      hostKeys = [ { type = "ed25519"; path = "/etc/ssh/ssh_host_ed25519_key"; } { type = "rsa"; bits = 2048; path = "/var/lib/ssh_rsa"; } ];
      authorizedKeysFiles = [ "/etc/more_keys/%u" ];
      authorizedKeysInHomedir = false;
      authorizedKeysCommand = "/etc/ssh/keys-command";
      authorizedKeysCommandUser = "nobody";
      extraConfig = "Match User guest\n  PasswordAuthentication no";
      settings = {
        PasswordAuthentication = true;
        KbdInteractiveAuthentication = false;
        PermitRootLogin = "no";
        X11Forwarding = true;
        GatewayPorts = "yes";
        UsePAM = true;
        UseDns = true;
        StrictModes = true;
        LogLevel = "VERBOSE";
        AllowUsers = [ "alice" "guest" "root" ];
        DenyUsers = [ "mallory" ];
        AllowGroups = [ "users" ];
        DenyGroups = [ "nogroup" ];
        Ciphers = [ "aes256-ctr" ];
        Macs = [ "hmac-sha2-512" ];
        KexAlgorithms = [ "curve25519-sha256" ];
        MaxAuthTries = 5;
      };
    };
    environment.etc."ssh/keys-command" = { text = "#!/bin/sh\nexit 0\n"; mode = "0755"; };
    users.users.alice = { isNormalUser = true; password = "wonder"; };
    users.users.guest = { isNormalUser = true; password = "guest"; };

    services.haproxy = {
      enable = true;
      package = null;
      user = "proxy-user";
      group = "proxy-group";
      config = ''
        defaults
          mode http
          timeout connect 2s
          timeout client 5s
          timeout server 5s
        frontend front
          bind *:8090
          http-request return status 200 content-type text/plain string "from haproxy"
      '';
    };
    users.users.proxy-user = { isSystemUser = true; group = "proxy-group"; };
    users.groups.proxy-group = { };

    services.prometheus.exporters.node = {
      enable = true;
      port = 9200;
      listenAddress = "0.0.0.0";
      openFirewall = true;
      firewallFilter = null;
      firewallRules = "tcp dport 9200 accept";
      enabledCollectors = [ "processes" ];
      disabledCollectors = [ "loadavg" ];
      extraFlags = [ "--web.max-requests=5" ];
      user = "watcher";
      group = "watcher";
    };
    users.users.watcher = { isSystemUser = true; group = "watcher"; };
    users.groups.watcher = { };
  };

  client = { pkgs, ... }: {
    environment.systemPackages = [ pkgs.sshpass ];
    security.sudo.execWheelOnly = true;
    programs.ssh.extraConfig = "StrictHostKeyChecking no\nUserKnownHostsFile /dev/null\nLogLevel ERROR";
  };
}
