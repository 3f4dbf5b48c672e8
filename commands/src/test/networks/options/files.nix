# Files over the network: NFS and FTP.
{
  server = { pkgs, lib, ... }: {
    services.nfs.server = {
      enable = true;
      exports = "/export 192.168.1.0/24(rw,no_subtree_check,no_root_squash,insecure)";
      createMountPoints = true;
      nproc = 3;
      mountdPort = 4002;
      lockdPort = 4001;
      statdPort = 4000;
      hostName = "0.0.0.0";
      extraNfsdConfig = "debug=0";
    };
    services.nfs.settings.nfsd.vers4 = true;
    services.nfs.idmapd.settings.General.Domain = "test.example";
    networking.firewall.allowedTCPPorts = [ 111 2049 4000 4001 4002 21 ];
    networking.firewall.allowedTCPPortRanges = [ { from = 5000; to = 5010; } ];
    services.vsftpd = {
      enable = true;
      localUsers = true;
      anonymousUser = true;
      anonymousUserNoPassword = true;
      anonymousUserHome = "/srv/public";
      anonymousUploadEnable = true;
      anonymousMkdirEnable = true;
      anonymousUmask = "027";
      writeEnable = true;
      chrootlocalUser = true;
      allowWriteableChroot = true;
      userlistEnable = true;
      userlistDeny = false;
      userlist = [ "alice" "anonymous" "ftp" ];
      portPromiscuous = true;
      virtualUseLocalPrivs = true;
      localRoot = "/srv/users/$USER";
      extraConfig = "ftpd_banner=Our files\npasv_min_port=5000\npasv_max_port=5010";
    };
    users.users.alice = { isNormalUser = true; password = "wonder"; };
    users.users.bob = { isNormalUser = true; password = "builder"; };
    systemd.tmpfiles.rules = [
      "d /srv/public/in 0777 root root"
      "f /srv/public/note 0644 root root - public-note"
      "d /srv/users/alice 0755 alice users"
      "f /srv/users/alice/own 0644 alice users - alice-note"
    ];
  };

  # FTP over TLS only, with a list from a file.
  secure = { pkgs, ... }: {
    services.vsftpd = {
      enable = true;
      localUsers = true;
      forceLocalLoginsSSL = true;
      forceLocalDataSSL = true;
      rsaCertFile = ./files/tls.crt;
      rsaKeyFile = ./files/tls.key;
      userlistEnable = true;
      userlistFile = pkgs.writeText "users" "alice\n";
    };
    users.users.alice = { isNormalUser = true; password = "wonder"; };
  };

  client = { pkgs, ... }: {
    fileSystems."/mnt/export" = { device = "server:/export"; fsType = "nfs"; options = [ "noauto" "vers=4.2" ]; };
    fileSystems."/mnt/labelled" = { label = "nobody"; fsType = "ext4"; options = [ "noauto" ]; autoResize = true; enable = true; };
    fileSystems."/mnt/off" = { enable = false; device = "nowhere"; fsType = "ext4"; };
  };
}
