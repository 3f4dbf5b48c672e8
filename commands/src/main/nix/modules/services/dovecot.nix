# Dovecot.
{ config, lib, pkgs, ... }:

let
  inherit (lib) concatStrings concatStringsSep mapAttrsToList option optional optionalAttrs optionalString types;
  cfg = config.services.dovecot2;
  sieve = "/var/lib/dovecot/sieve";
  tls = cfg.sslServerCert != null;
  on = default: what: option types.bool default "Whether ${what}.";
  file = option (types.nullOr types.str) null;
  plus = concatStringsSep " ";
  line = name: v: optionalString (v != null) "${name} = ${v}\n";

  mailbox = m: ''
    mailbox "${m.name}" {
      auto = ${m.auto}
  '' + line "autoexpunge" m.autoexpunge + line "special_use" (if m.specialUse == null then null else "\\${m.specialUse}") + "}\n";
  plugins = types.submodule { options.enable = option (types.listOf types.str) [ ] "The plugins."; };

  text = ''
    base_dir = /run/dovecot2
    protocols = ${plus cfg.protocols}
    sendmail_path = /usr/sbin/sendmail
    mail_plugins = $mail_plugins ${plus cfg.mailPlugins.globally.enable}
  ''
  + concatStrings (mapAttrsToList (protocol: p: "protocol ${protocol} {\n  mail_plugins = $mail_plugins ${plus p.enable}\n}\n") cfg.mailPlugins.perProtocol)
  + (if !tls then "ssl = no\ndisable_plaintext_auth = no\n" else
  "ssl_cert = <${cfg.sslServerCert}\nssl_key = <${toString cfg.sslServerKey}\n"
  + optionalString (cfg.sslCACert != null) "ssl_ca = <${cfg.sslCACert}\n"
  # Debian's own: to make others takes an emulated machine minutes.
  + optionalString cfg.enableDHE "ssl_dh = </usr/share/dovecot/dh.pem\n"
  + "disable_plaintext_auth = yes\n")
  + ''
    default_internal_user = ${cfg.user}
    default_internal_group = ${cfg.group}
  '' + line "mail_uid" cfg.mailUser + line "mail_gid" cfg.mailGroup + ''
    mail_location = ${cfg.mailLocation}
    maildir_copy_with_hardlinks = yes
    pop3_uidl_format = %08Xv%08Xu
    auth_mechanisms = plain login
    service auth {
      user = root
    }
  ''
  + optionalString cfg.enablePAM ''
    userdb {
      driver = passwd
    }
    passdb {
      driver = pam
      args = ${optionalString cfg.showPAMFailure "failure_show_msg=yes "}dovecot2
    }
  ''
  + optionalString (cfg.mailboxes != { }) "namespace inbox {\n  inbox = yes\n${concatStrings (map mailbox (lib.attrValues cfg.mailboxes))}}\n"
  + optionalString cfg.enableQuota ''
    service quota-status {
      executable = /usr/lib/dovecot/quota-status -p postfix
      inet_listener {
        port = ${cfg.quotaPort}
      }
      client_limit = 1
    }
  ''
  + "plugin {\n${concatStrings (mapAttrsToList line cfg.pluginSettings)}}\n"
  + cfg.extraConfig + "\n";

  # Debian has a package for most protocols.
  packages = { imap = "dovecot-imapd"; pop3 = "dovecot-pop3d"; lmtp = "dovecot-lmtpd"; sieve = "dovecot-managesieved"; submission = "dovecot-submissiond"; };
  sieves = cfg.sieve.scripts != { } || cfg.sieve.plugins != [ ] || lib.elem "sieve" cfg.protocols;
in
{
  imports = [ (lib.mkRenamedOptionModule [ "services" "dovecot2" "sieveScripts" ] [ "services" "dovecot2" "sieve" "scripts" ]) ];

  options.services.dovecot2 = {
    enable = lib.mkEnableOption "the Dovecot mail server";
    enableImap = on true "it speaks IMAP";
    enablePop3 = on false "it speaks POP3";
    enableLmtp = on false "it speaks LMTP";
    protocols = option (types.listOf types.str) [ ] "Further protocols." // { example = [ "sieve" ]; };
    user = option types.str "dovecot2" "User that it runs as.";
    group = option types.str "dovecot2" "Group that it runs as.";
    mailLocation = option types.str "maildir:/var/spool/mail/%u" "Where mail is." // { example = "maildir:~/mail"; };
    mailUser = option (types.nullOr types.str) null "User that owns the mail of users who have no account." // { example = "vmail"; };
    mailGroup = option (types.nullOr types.str) null "Its group.";
    createMailUser = on true "these are made";
    enablePAM = on true "users of the machine log in with their passwords";
    showPAMFailure = on false "who cannot log in is told why";
    mailboxes = option
      (types.coercedTo (types.listOf types.attrs) (list: lib.listToAttrs (map (m: { inherit (m) name; value = removeAttrs m [ "name" ]; }) list))
        (types.attrsOf (types.submodule ({ name, ... }: {
          options = {
            name = option types.str name "Its name." // { defaultText = "its name in the set"; };
            auto = option (types.enum [ "no" "create" "subscribe" ]) "no" "Whether it is made by itself.";
            specialUse = option (types.nullOr (types.enum [ "All" "Archive" "Drafts" "Flagged" "Junk" "Sent" "Trash" ])) null "What it is for.";
            autoexpunge = option (types.nullOr types.str) null "How old mail in it becomes." // { example = "60d"; };
          };
        }))))
      { } "Mailboxes that users have." // { example = { Spam = { specialUse = "Junk"; auto = "create"; }; }; };
    mailPlugins.globally = option plugins { } "Plugins of all protocols." // { example = { enable = [ "acl" ]; }; };
    mailPlugins.perProtocol = option (types.attrsOf plugins) { } "Plugins of single protocols." // { example = { imap.enable = [ "imap_acl" ]; }; };
    pluginSettings = option (types.attrsOf (types.either types.str types.package)) { } "Settings of plugins." // { example = { sieve = "file:~/sieve;active=~/.dovecot.sieve"; }; };
    enableQuota = on false "users have limited room";
    quotaGlobalPerUser = option types.str "100G" "How much.";
    quotaPort = option types.str "12340" "Port at which Postfix asks whether there is room.";
    sieve.scripts = option (types.attrsOf types.path) { } "Sieve scripts that sort the mail of all, by their time." // { example = lib.literalExpression "{ before = ./spam.sieve; }"; };
    sieve.plugins = option (types.listOf types.str) [ ] "Plugins of Sieve.";
    sieve.extensions = option (types.listOf types.str) [ ] "Extensions of Sieve that users may use." // { example = [ "notify" ]; };
    sieve.globalExtensions = option (types.listOf types.str) [ ] "Extensions of Sieve that `scripts` may use.";
    modules = option (types.listOf types.package) [ ] "Packages of modules." // { example = lib.literalExpression "[ pkgs.dovecot_pigeonhole ]"; };
    sslServerCert = file "File of the certificate." // { example = "/var/lib/acme/mail.example.net/fullchain.pem"; };
    sslServerKey = file "File of the certificate's key.";
    sslCACert = file "File of certificates that are trusted.";
    enableDHE = on true "Diffie-Hellman parameters are used";
    configFile = option (types.nullOr types.path) null "A configuration to use instead of all this.";
    extraConfig = option types.lines "" "Further lines of the configuration." // { example = "mail_debug = yes"; };
  };

  config = lib.mkIf cfg.enable {
    nixlab.packages = [ "dovecot-core" ] ++ lib.concatMap (p: optional (packages ? ${p}) packages.${p}) cfg.protocols ++ optional sieves "dovecot-sieve";
    environment.systemPackages = cfg.modules;
    services.dovecot2 = {
      protocols = optional cfg.enableImap "imap" ++ optional cfg.enablePop3 "pop3" ++ optional cfg.enableLmtp "lmtp";
      mailPlugins = lib.mkIf cfg.enableQuota { globally.enable = [ "quota" ]; perProtocol.imap.enable = [ "imap_quota" ]; };
      pluginSettings = lib.mapAttrs (_: lib.mkDefault) (
        optionalAttrs (cfg.sieve.plugins != [ ]) { sieve_plugins = plus cfg.sieve.plugins; }
        // optionalAttrs (cfg.sieve.extensions != [ ]) { sieve_extensions = plus (map (e: "+${e}") cfg.sieve.extensions); }
        // optionalAttrs (cfg.sieve.globalExtensions != [ ]) { sieve_global_extensions = plus (map (e: "+${e}") cfg.sieve.globalExtensions); }
        // lib.mapAttrs' (when: _: { name = "sieve_${when}"; value = "${sieve}/${when}"; }) cfg.sieve.scripts
        // optionalAttrs cfg.enableQuota {
          quota_rule = "*:storage=${cfg.quotaGlobalPerUser}";
          quota = "count:User quota";
          quota_status_success = "DUNNO";
          quota_status_nouser = "DUNNO";
          quota_status_overquota = "\"552 5.2.2 Mailbox is full\"";
          quota_grace = "10%%";
          quota_vsizes = "yes";
        }
      );
    };

    users.users = { dovenull = { description = "Dovecot user for untrusted logins"; isSystemUser = true; group = "dovenull"; }; }
    // optionalAttrs (cfg.user == "dovecot2") { dovecot2 = { description = "Dovecot user"; isSystemUser = true; inherit (cfg) group; }; }
    // optionalAttrs (cfg.createMailUser && cfg.mailUser != null) {
      ${cfg.mailUser} = { description = "Virtual Mail User"; isSystemUser = true; group = if cfg.mailGroup != null then cfg.mailGroup else "nogroup"; };
    };
    users.groups = { dovenull = { }; }
    // optionalAttrs (cfg.group == "dovecot2") { dovecot2 = { }; }
    // optionalAttrs (cfg.createMailUser && cfg.mailGroup != null) { ${cfg.mailGroup} = { }; };

    environment.etc."dovecot/dovecot.conf" = if cfg.configFile != null then { source = cfg.configFile; } else { inherit text; };
    environment.etc."pam.d/dovecot2" = lib.mkIf cfg.enablePAM { text = "@include common-auth\n@include common-account\n@include common-session\n"; };
    systemd.tmpfiles.rules = [ "d /var/mail 1777 root root" ];
    systemd.services.dovecot2 = {
      description = "Dovecot IMAP/POP3 server";
      aliases = [ "dovecot.service" ];
      wantedBy = [ "multi-user.target" ];
      after = [ "network.target" ];
      preStart = lib.mkIf (cfg.sieve.scripts != { }) (''
        rm -rf ${sieve}
        mkdir -p ${sieve}
      '' + concatStrings (mapAttrsToList
        (when: from: ''
          if [ -d ${from} ]; then
              mkdir ${sieve}/${when}
              cp ${from}/*.sieve ${sieve}/${when}
          else
              cp ${from} ${sieve}/${when}
          fi
          sievec ${sieve}/${when}
        '')
        cfg.sieve.scripts)
      + "chown -R ${toString cfg.mailUser}:${toString cfg.mailGroup} ${sieve}\n");
      serviceConfig = {
        Type = "notify";
        ExecStart = "/usr/sbin/dovecot -F";
        ExecReload = "/usr/bin/doveadm reload";
        Restart = "on-failure";
        RestartSec = "1s";
        RuntimeDirectory = "dovecot2";
        StateDirectory = "dovecot";
      };
    };
    assertions = [
      {
        assertion = tls == (cfg.sslServerKey != null) && (cfg.sslCACert != null -> tls);
        message = "`services.dovecot2` needs both `sslServerCert` and `sslServerKey` for TLS";
      }
      {
        assertion = cfg.showPAMFailure -> cfg.enablePAM;
        message = "`services.dovecot2.showPAMFailure` needs `enablePAM`";
      }
      {
        assertion = cfg.sieve.scripts != { } -> cfg.mailUser != null && cfg.mailGroup != null;
        message = "`services.dovecot2.sieve.scripts` needs `mailUser` and `mailGroup`";
      }
    ];
  };
}
