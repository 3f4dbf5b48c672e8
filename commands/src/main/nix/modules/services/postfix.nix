# Postfix. Its queue is NixOS's, below /var/lib/postfix; programs and modules are Debian's.
{ config, lib, pkgs, ... }:

let
  inherit (lib) optionalAttrs option optional optionalString types;
  cfg = config.services.postfix;
  certificates = "/etc/ssl/certs/ca-certificates.crt";
  words = types.listOf types.str;
  maybe = type: description: option (types.nullOr type) null description;

  value = v:
    if builtins.isList v then "\n  " + lib.concatStringsSep ",\n  " v
    else if builtins.isBool v then lib.boolToYesNo v
    else toString v;
  mainText = lib.concatStrings (lib.mapAttrsToList (name: v: "${lib.replaceStrings [ "$" ] [ "$$" ] name} = ${value v}\n") cfg.config)
    + cfg.extraConfig + "\n";

  # A column of master.cf that nobody set is left to Postfix.
  column = f: v: if v == null then "-" else f v;
  yes = b: if b then "y" else "n";
  entry = s: lib.concatStringsSep " " [
    s.name
    s.type
    (column yes s.private)
    (column (b: yes (!b)) s.privileged)
    (column yes s.chroot)
    (column (n: toString n + optionalString (s.wakeupUnusedComponent == false) "?") s.wakeup)
    (column toString s.maxproc)
    s.command
  ] + lib.concatMapStrings (a: (if lib.hasPrefix "-" a then "\n  " else " ") + a) s.args + "\n";
  masterText = lib.concatMapStrings entry (lib.attrValues cfg.masterConfig) + cfg.extraMasterConf + "\n";
  submission = options: {
    type = "inet";
    private = false;
    command = "smtpd";
    args = lib.concatLists (lib.mapAttrsToList (name: v: [ "-o" "${name}=${v}" ]) options);
  };

  service = types.submodule ({ name, ... }: {
    options = {
      name = option types.str name "Name of the service, or its port." // { defaultText = "its name in the set"; };
      type = option (types.enum [ "inet" "unix" "unix-dgram" "fifo" "pass" ]) "unix" "How it is reached.";
      private = maybe types.bool "Whether only Postfix itself reaches it.";
      privileged = maybe types.bool "Whether it runs as root.";
      chroot = maybe types.bool "Whether it sees the queue's directory only.";
      wakeup = maybe types.int "After how many seconds it is woken up.";
      wakeupUnusedComponent = maybe types.bool "Whether it is woken up although nobody used it.";
      maxproc = maybe types.int "Most processes; 0: any number.";
      command = option types.str name "Program of the service." // { defaultText = "its name in the set"; };
      args = option words [ ] "Arguments of the program." // { example = [ "-o" "smtpd_tls_security_level=encrypt" ]; };
    };
  });

  aliases =
    let colon = optionalString (cfg.aliasMapType == "hash") ":";
    in
    optionalString (cfg.postmasterAlias != "") "postmaster${colon} ${cfg.postmasterAlias}\n"
    + optionalString (cfg.rootAlias != "") "root${colon} ${cfg.rootAlias}\n"
    + cfg.extraAliases;
  table = name: text: { ${name} = pkgs.writeText "postfix-${name}" (text + "\n"); };
  # Tables of patterns are read as they are.
  compiled = what: patterns: lib.concatMap (name: optional (!lib.elem name patterns) "/etc/postfix/${name}") (lib.attrNames what);
  hashedAliases = compiled cfg.aliasFiles (optional (cfg.aliasMapType != "hash") "aliases");
  hashed = compiled cfg.mapFiles (optional (cfg.virtualMapType != "hash") "virtual" ++ [ "header_checks" ]);
  queue = "/var/lib/postfix/queue";
in
{
  imports = [
    (lib.mkAliasOptionModule [ "services" "postfix" "settings" "main" ] [ "services" "postfix" "config" ])
    (lib.mkAliasOptionModule [ "services" "postfix" "settings" "master" ] [ "services" "postfix" "masterConfig" ])
  ];

  options.services.postfix = {
    enable = lib.mkEnableOption "the Postfix mail server";
    enableSmtp = option types.bool true "Whether it takes and sends mail by SMTP.";
    enableSubmission = option types.bool false "Whether users hand in mail at port 587.";
    enableSubmissions = option types.bool false "Whether users hand in mail over TLS at port 465.";
    submissionOptions = option (types.attrsOf types.str)
      {
        smtpd_tls_security_level = "encrypt";
        smtpd_sasl_auth_enable = "yes";
        smtpd_client_restrictions = "permit_sasl_authenticated,reject";
        milter_macro_daemon_name = "ORIGINATING";
      } "Settings of port 587.";
    submissionsOptions = option (types.attrsOf types.str)
      {
        smtpd_sasl_auth_enable = "yes";
        smtpd_client_restrictions = "permit_sasl_authenticated,reject";
        milter_macro_daemon_name = "ORIGINATING";
      } "Settings of port 465.";
    setSendmail = lib.inert types.bool true "Make its sendmail the system's.";
    user = option types.str "postfix" "User that it runs as.";
    group = option types.str "postfix" "Group that it runs as.";
    setgidGroup = option types.str "postdrop" "Group of the programs that hand in mail.";
    hostname = option types.str "" "Full name of the machine." // { defaultText = "the host name"; };
    domain = option types.str "" "Domain of the machine." // { defaultText = "the host name without its first part"; };
    origin = option types.str "" "Domain of senders that name none.";
    destination = maybe words "Domains whose mail is delivered here." // { defaultText = "the machine's own names"; example = [ "example.net" "localhost" ]; };
    networks = maybe words "Networks whose mail is sent on to anybody." // { defaultText = "the machine itself"; example = [ "192.168.1.0/24" ]; };
    networksStyle = option types.str "" "Such networks by a word of Postfix." // { example = "subnet"; };
    relayDomains = maybe words "Domains whose mail is sent on for anybody.";
    relayHost = option types.str "" "Server that all other mail is sent through." // { example = "mail.example.net"; };
    relayPort = option types.int 25 "Its port.";
    lookupMX = option types.bool false "Whether it is a domain, whose server is looked up.";
    postmasterAlias = option types.str "root" "Who gets mail for postmaster.";
    rootAlias = option types.str "" "Who gets mail for root.";
    extraAliases = option types.lines "" "Further lines of the aliases." // { example = "webmaster: alice"; };
    aliasMapType = option (types.enum [ "hash" "regexp" "pcre" ]) "hash" "What the aliases are: names or patterns.";
    aliasFiles = option (types.attrsOf types.path) { } "Further tables of aliases, compiled and put into /etc/postfix.";
    mapFiles = option (types.attrsOf types.path) { } "Further tables, compiled and put into /etc/postfix.";
    canonical = option types.lines "" "Table of addresses that are rewritten, /etc/postfix/canonical.";
    virtual = option types.lines "" "Table of virtual aliases." // { example = "info@example.net alice"; };
    virtualMapType = option (types.enum [ "hash" "regexp" "pcre" ]) "hash" "What they are: addresses or patterns.";
    localRecipients = maybe words "Who gets mail here." // { defaultText = "users and aliases"; };
    transport = option types.lines "" "Table of ways to domains." // { example = "example.net smtp:[192.168.1.2]"; };
    dnsBlacklists = option words [ ] "Lists of hosts whose mail is refused.";
    dnsBlacklistOverrides = option types.lines "" "Table of hosts that are not looked up there.";
    enableHeaderChecks = option types.bool false "Whether headers are checked.";
    headerChecks = option
      (types.listOf (types.submodule {
        options = {
          pattern = option types.str "/^.*/" "Pattern of the header.";
          action = option types.str "DUNNO" "What happens to a mail with it.";
        };
      }))
      [ ] "What headers are checked for." // { example = [{ pattern = "/^X-Spam-Flag:/"; action = "REJECT"; }]; };
    extraHeaderChecks = option types.lines "" "Further lines of these checks.";
    recipientDelimiter = option types.str "" "What begins an extension of an address." // { example = "+"; };
    sslCert = option types.str "" "File of the certificate." // { example = "/var/lib/acme/mail.example.net/fullchain.pem"; };
    sslKey = option types.str "" "File of the certificate's key.";
    tlsTrustedAuthorities = option types.str certificates "File of certificates that are trusted when mail is sent.";
    config = option (types.attrsOf (types.oneOf [ types.bool types.int types.str words ])) { } "Settings of main.cf." // { example = { message_size_limit = 1000000; }; };
    extraConfig = option types.lines "" "Further lines of main.cf.";
    masterConfig = option (types.attrsOf service) { } "Services of master.cf." // { defaultText = "the usual ones"; };
    extraMasterConf = option types.lines "" "Further lines of master.cf.";
  };

  config = lib.mkIf cfg.enable {
    # The last has the ways to log in, which NixOS's has built in.
    nixlab.packages = [ "postfix" "ca-certificates" "libsasl2-modules" ] ++ optional (cfg.aliasMapType == "pcre" || cfg.virtualMapType == "pcre") "postfix-pcre";
    users.users = optionalAttrs (cfg.user == "postfix") { postfix = { description = "Postfix mail server user"; isSystemUser = true; inherit (cfg) group; }; };
    users.groups = optionalAttrs (cfg.group == "postfix") { postfix = { }; } // optionalAttrs (cfg.setgidGroup == "postdrop") { postdrop = { }; };

    services.postfix = {
      config = lib.mapAttrs (_: lib.mkDefault)
        {
          # Postfix 3.7 knows no later one.
          compatibility_level = "3.6";
          mail_owner = cfg.user;
          default_privs = "nobody";
          data_directory = "/var/lib/postfix/data";
          queue_directory = queue;
          # With the slash a directory per user, not a file.
          mail_spool_directory = "/var/spool/mail/";
          setgid_group = cfg.setgidGroup;
        }
      // optionalAttrs (cfg.relayHost != "") { relayhost = "${if cfg.lookupMX then cfg.relayHost else "[${cfg.relayHost}]"}:${toString cfg.relayPort}"; }
      // optionalAttrs (!config.networking.enableIPv6) { inet_protocols = lib.mkDefault "ipv4"; }
      // optionalAttrs (cfg.networks != null) { mynetworks = cfg.networks; }
      // optionalAttrs (cfg.networksStyle != "") { mynetworks_style = cfg.networksStyle; }
      // optionalAttrs (cfg.hostname != "") { myhostname = cfg.hostname; }
      // optionalAttrs (cfg.domain != "") { mydomain = cfg.domain; }
      // optionalAttrs (cfg.origin != "") { myorigin = cfg.origin; }
      // optionalAttrs (cfg.destination != null) { mydestination = cfg.destination; }
      // optionalAttrs (cfg.relayDomains != null) { relay_domains = cfg.relayDomains; }
      // optionalAttrs (cfg.recipientDelimiter != "") { recipient_delimiter = cfg.recipientDelimiter; }
      // optionalAttrs (aliases != "") { alias_maps = [ "${cfg.aliasMapType}:/etc/postfix/aliases" ]; }
      // optionalAttrs (cfg.transport != "") { transport_maps = [ "hash:/etc/postfix/transport" ]; }
      // optionalAttrs (cfg.virtual != "") { virtual_alias_maps = [ "${cfg.virtualMapType}:/etc/postfix/virtual" ]; }
      // optionalAttrs (cfg.localRecipients != null) { local_recipient_maps = [ "hash:/etc/postfix/local_recipients" ] ++ optional (aliases != "") "$alias_maps"; }
      // optionalAttrs (cfg.dnsBlacklists != [ ]) {
        smtpd_client_restrictions = lib.concatStringsSep ", "
          (optional (cfg.dnsBlacklistOverrides != "") "check_client_access hash:/etc/postfix/client_access" ++ map (list: "reject_rbl_client ${list}") cfg.dnsBlacklists);
      }
      // optionalAttrs cfg.enableHeaderChecks { header_checks = [ "regexp:/etc/postfix/header_checks" ]; }
      // optionalAttrs (cfg.tlsTrustedAuthorities != "") { smtp_tls_CAfile = cfg.tlsTrustedAuthorities; smtp_tls_security_level = lib.mkDefault "may"; }
      // optionalAttrs (cfg.sslCert != "") {
        smtp_tls_cert_file = cfg.sslCert;
        smtp_tls_key_file = cfg.sslKey;
        smtp_tls_security_level = lib.mkDefault "may";
        smtpd_tls_cert_file = cfg.sslCert;
        smtpd_tls_key_file = cfg.sslKey;
        smtpd_tls_security_level = lib.mkDefault "may";
      };

      masterConfig = lib.genAttrs [ "error" "discard" "lmtp" ] (_: { })
      // lib.genAttrs [ "verify" "anvil" "scache" ] (_: { maxproc = 1; })
      // lib.genAttrs [ "defer" "trace" ] (_: { maxproc = 0; command = "bounce"; })
      // lib.genAttrs [ "local" "virtual" ] (_: { privileged = true; })
      // {
        pickup = { private = false; wakeup = 60; maxproc = 1; };
        cleanup = { private = false; maxproc = 0; };
        qmgr = { private = false; wakeup = 300; maxproc = 1; };
        tlsmgr = { wakeup = 1000; wakeupUnusedComponent = false; maxproc = 1; };
        rewrite.command = "trivial-rewrite";
        bounce.maxproc = 0;
        flush = { private = false; wakeup = 1000; wakeupUnusedComponent = false; maxproc = 0; };
        proxymap = { };
        proxywrite = { maxproc = 1; command = "proxymap"; };
        showq.private = false;
        retry.command = "error";
      }
      // optionalAttrs cfg.enableSmtp {
        smtp_inet = { name = "smtp"; type = "inet"; private = false; command = "smtpd"; };
        smtp = { };
        relay = { command = "smtp"; args = [ "-o" "smtp_fallback_relay=" ]; };
      }
      // optionalAttrs cfg.enableSubmission { submission = submission cfg.submissionOptions; }
      // optionalAttrs cfg.enableSubmissions {
        submissions = submission (cfg.submissionsOptions // { smtpd_tls_wrappermode = "yes"; }
          // optionalAttrs (lib.elem (cfg.submissionsOptions.smtpd_tls_security_level or "none") [ "none" "may" ]) { smtpd_tls_security_level = "encrypt"; });
      };

      aliasFiles = lib.mkIf (aliases != "") (table "aliases" aliases);
      mapFiles = optionalAttrs (cfg.canonical != "") (table "canonical" cfg.canonical)
      // optionalAttrs (cfg.transport != "") (table "transport" cfg.transport)
      // optionalAttrs (cfg.virtual != "") (table "virtual" cfg.virtual)
      // optionalAttrs (cfg.localRecipients != null) (table "local_recipients" (lib.concatMapStrings (name: "${name} ACCEPT\n") cfg.localRecipients))
      // optionalAttrs cfg.enableHeaderChecks (table "header_checks" (lib.concatMapStrings (c: "${c.pattern} ${c.action}\n") cfg.headerChecks + cfg.extraHeaderChecks))
      // optionalAttrs (cfg.dnsBlacklists != [ ]) (table "client_access" cfg.dnsBlacklistOverrides);
    };

    environment.etc = {
      "postfix/main.cf".text = mainText;
      "postfix/master.cf".text = masterText;
    } // lib.mapAttrs' (name: source: { name = "postfix/${name}"; value = { inherit source; }; }) (cfg.aliasFiles // cfg.mapFiles);
    nixlab.files = [
      { path = "/var/lib/postfix/conf"; link = "/etc/postfix"; }
      { path = "/etc/systemd/system-generators/postfix-instance-generator"; link = "/dev/null"; }
      { path = "/etc/systemd/system/postfix@.service"; link = "/dev/null"; }
    ];
    # What Postfix's own scripts would make and set, which takes an emulated machine many seconds.
    systemd.tmpfiles.rules = [
      "d /var/lib/postfix 0755 root root"
      "d ${queue} 0755 root root"
      "d ${queue}/pid 0755 root root"
      "d ${queue}/maildrop 0730 ${cfg.user} ${cfg.setgidGroup}"
      "d ${queue}/public 0710 ${cfg.user} ${cfg.setgidGroup}"
      "d /var/lib/postfix/data 0700 ${cfg.user} ${cfg.group}"
      "d /var/mail 1777 root root"
      "z /usr/sbin/postdrop 2755 root ${cfg.setgidGroup}"
      "z /usr/sbin/postqueue 2755 root ${cfg.setgidGroup}"
    ] ++ map (name: "d ${queue}/${name} 0700 ${cfg.user} root") [ "active" "bounce" "corrupt" "defer" "deferred" "flush" "hold" "incoming" "private" "saved" "trace" ];

    systemd.services.postfix-setup = {
      description = "Tables of Postfix";
      serviceConfig.Type = "oneshot";
      serviceConfig.RemainAfterExit = true;
      script = optionalString (hashedAliases != [ ]) "postalias -o -p ${lib.escapeShellArgs hashedAliases}\n"
        + optionalString (hashed != [ ]) "postmap ${lib.escapeShellArgs hashed}\n"
        + ":";
    };
    systemd.services.postfix = {
      description = "Postfix mail server";
      wantedBy = [ "multi-user.target" ];
      after = [ "network.target" "postfix-setup.service" ];
      requires = [ "postfix-setup.service" ];
      serviceConfig = {
        Type = "forking";
        PIDFile = "${queue}/pid/master.pid";
        ExecStart = "/usr/lib/postfix/sbin/master -w";
        ExecStop = "/usr/sbin/postfix stop";
        ExecReload = "/usr/sbin/postfix reload";
        Restart = "always";
        PrivateDevices = true;
        PrivateTmp = true;
        ProtectSystem = "full";
      };
    };
  };
}
