# The vsftpd file server.
{ config, lib, pkgs, ... }:

let
  inherit (lib) option types;
  cfg = config.services.vsftpd;
  yes = b: if b then "YES" else "NO";

  # Option, the server's word for it, default, meaning.
  switches = {
    localUsers = { word = "local_enable"; default = false; text = "Whether users of the machine may log in."; };
    anonymousUser = { word = "anonymous_enable"; default = false; text = "Whether anybody may log in."; };
    writeEnable = { word = "write_enable"; default = false; text = "Whether files may be changed."; };
    anonymousUploadEnable = { word = "anon_upload_enable"; default = false; text = "Whether anybody may send files."; };
    anonymousMkdirEnable = { word = "anon_mkdir_write_enable"; default = false; text = "Whether anybody may make directories."; };
    anonymousUserNoPassword = { word = "no_anon_password"; default = false; text = "Whether anonymous users are asked for no password."; };
    chrootlocalUser = { word = "chroot_local_user"; default = false; text = "Whether users see their home directory only."; };
    allowWriteableChroot = { word = "allow_writeable_chroot"; default = false; text = "Whether that directory may be writable."; };
    userlistEnable = { word = "userlist_enable"; default = false; text = "Whether `userlist` counts."; };
    userlistDeny = { word = "userlist_deny"; default = false; text = "Whether the users in it are the ones who may not log in."; };
    portPromiscuous = { word = "port_promiscuous"; default = false; text = "Whether data may go to other hosts."; };
    forceLocalLoginsSSL = { word = "force_local_logins_ssl"; default = false; text = "Whether users must log in over TLS."; };
    forceLocalDataSSL = { word = "force_local_data_ssl"; default = false; text = "Whether users must transfer data over TLS."; };
    virtualUseLocalPrivs = { word = "virtual_use_local_privs"; default = false; text = "Whether virtual users have the rights of local ones."; };
  };
  tls = cfg.rsaCertFile != null;
in
{
  options.services.vsftpd = lib.mapAttrs (_: s: option types.bool s.default s.text) switches // {
    enable = lib.mkEnableOption "the vsftpd file server";
    userlist = option (types.listOf types.str) [ ] "Users who may log in, or may not." // { example = [ "alice" ]; };
    userlistFile = option types.path (pkgs.writeText "userlist" (lib.concatLines cfg.userlist)) "File with these users." // { defaultText = "made of userlist"; };
    anonymousUserHome = option types.path "/home/ftp/" "Directory that anonymous users see.";
    anonymousUmask = option types.str "077" "Mask for files that anonymous users send.";
    localRoot = option (types.nullOr types.str) null "Directory that users see." // { example = "/srv/$USER"; };
    rsaCertFile = option (types.nullOr types.path) null "File of the certificate.";
    rsaKeyFile = option (types.nullOr types.path) null "File of the certificate's key.";
    extraConfig = option types.lines "" "Further lines of vsftpd.conf." // { example = "ftpd_banner=Hello"; };
  };

  config = lib.mkIf cfg.enable {
    nixlab.packages = [ "vsftpd" ];
    users.users = {
      vsftpd = { group = "vsftpd"; isSystemUser = true; description = "VSFTPD user"; home = if cfg.localRoot != null then cfg.localRoot else "/homeless-shelter"; };
    } // lib.optionalAttrs cfg.anonymousUser {
      ftp = { group = "ftp"; isSystemUser = true; description = "Anonymous FTP user"; home = cfg.anonymousUserHome; };
    };
    users.groups = { vsftpd = { }; } // lib.optionalAttrs cfg.anonymousUser { ftp = { }; };
    systemd.tmpfiles.rules = lib.optional cfg.anonymousUser "d ${toString cfg.anonymousUserHome} 0555 ftp ftp";
    # Debian's own keeps users without a login shell out.
    environment.etc."pam.d/vsftpd".text = "@include common-account\n@include common-session\n@include common-auth\n";
    environment.etc."vsftpd.conf".text =
      lib.concatStrings (lib.mapAttrsToList (name: s: "${s.word}=${yes cfg.${name}}\n") switches)
      + lib.optionalString cfg.userlistEnable "userlist_file=${cfg.userlistFile}\n"
      + lib.optionalString (cfg.localRoot != null) "local_root=${cfg.localRoot}\nuser_sub_token=$USER\n"
      + lib.optionalString tls "ssl_enable=YES\nrsa_cert_file=${cfg.rsaCertFile}\nssl_tlsv1=YES\nssl_sslv2=NO\nssl_sslv3=NO\n"
      + lib.optionalString (cfg.rsaKeyFile != null) "rsa_private_key_file=${cfg.rsaKeyFile}\n"
      + ''
        listen=YES
        background=NO
        xferlog_enable=YES
        anon_umask=${cfg.anonymousUmask}
        anon_root=${toString cfg.anonymousUserHome}
        nopriv_user=vsftpd
        secure_chroot_dir=/usr/share/nixlab/empty
        pam_service_name=vsftpd
        seccomp_sandbox=NO
      '' + cfg.extraConfig + "\n";
    nixlab.files = [{ path = "/usr/share/nixlab/empty"; directory = true; }];
    systemd.services.vsftpd = {
      description = "Vsftpd Server";
      wantedBy = [ "multi-user.target" ];
      after = [ "network.target" ];
      serviceConfig.ExecStart = "/usr/sbin/vsftpd /etc/vsftpd.conf";
      serviceConfig.Restart = "always";
    };
    assertions = [{
      assertion = (cfg.forceLocalLoginsSSL -> tls) && (cfg.forceLocalDataSSL -> tls);
      message = "`services.vsftpd`: TLS can be forced only with `rsaCertFile`";
    }];
  };
}
