# Postfix and Dovecot: a server with everything that can be set, and a small one that sends through it.
let
  tls = { cert = "${./files/tls.crt}"; key = "${./files/tls.key}"; };
in
{
  mx = { pkgs, lib, ... }: {
    virtualisation.memorySize = 384;
    users.users = lib.genAttrs [ "alice" "bob" "carol" ] (name: { isNormalUser = true; password = "wonder"; })
      // lib.genAttrs [ "poster" "keeper" ] (name: { isSystemUser = true; group = name; });
    users.groups = { poster = { }; dropper = { }; keeper = { }; };
    networking.firewall.allowedTCPPorts = [ 25 465 587 2525 ];
    networking.domain = "example.test";

    services.postfix = {
      enable = true;
      enableSmtp = true;
      enableSubmission = true;
      enableSubmissions = true;
      submissionOptions = { smtpd_tls_security_level = "encrypt"; smtpd_client_restrictions = "permit"; syslog_name = "handed-in"; };
      submissionsOptions = { smtpd_client_restrictions = "permit"; smtpd_sasl_auth_enable = "yes"; syslog_name = "handed-in-tls"; };
      setSendmail = true;
      user = "poster";
      group = "poster";
      setgidGroup = "dropper";
      hostname = "mx.example.test";
      domain = "example.test";
      origin = "example.test";
      destination = [ "example.test" "mx.example.test" "localhost" ];
      networks = [ "127.0.0.0/8" "192.168.1.0/24" ];
      relayDomains = [ "relayed.test" ];
      relayHost = "elsewhere.test";
      relayPort = 2500;
      lookupMX = true;
      postmasterAlias = "bob";
      rootAlias = "alice";
      extraAliases = "info: carol";
      aliasMapType = "hash";
      aliasFiles.more = pkgs.writeText "more" "extra: carol\n";
      mapFiles.own = pkgs.writeText "own" "word said\n";
      canonical = "wrong@example.test right@example.test";
      virtual = "/^team-.*@example\\.test$/ alice";
      virtualMapType = "pcre";
      localRecipients = [ "alice" "bob" "carol" "right" ];
      transport = "gone.test discard:";
      dnsBlacklists = [ "lists.test" ];
      dnsBlacklistOverrides = "192.168.1 OK";
      enableHeaderChecks = true;
      headerChecks = [{ pattern = "/^X-Refused:/"; action = "REJECT refused here"; }];
      extraHeaderChecks = "/^X-Unwanted:/ REJECT unwanted";
      recipientDelimiter = "+";
      sslCert = tls.cert;
      sslKey = tls.key;
      tlsTrustedAuthorities = tls.cert;
      config = { message_size_limit = 50000; smtpd_banner = "$myhostname is here"; canonical_maps = [ "hash:/etc/postfix/canonical" ]; };
      extraConfig = "mailbox_size_limit = 60000";
      masterConfig."2525" = { type = "inet"; private = false; privileged = false; chroot = false; maxproc = 3; command = "smtpd"; args = [ "-o" "smtpd_banner=second" ]; };
      masterConfig.waker = { name = "woken"; wakeup = 900; wakeupUnusedComponent = false; command = "bounce"; };
      extraMasterConf = "2526 inet n - n - - smtpd -o smtpd_banner=third";
    };

    services.dovecot2 = {
      enable = true;
      enableImap = true;
      enablePop3 = true;
      enableLmtp = true;
      protocols = [ "sieve" ];
      user = "keeper";
      group = "keeper";
      mailLocation = "maildir:/var/spool/mail/%u";
      mailUser = "vmail";
      mailGroup = "vmail";
      createMailUser = true;
      enablePAM = true;
      showPAMFailure = true;
      mailboxes = {
        Spam = { specialUse = "Junk"; auto = "subscribe"; autoexpunge = "60d"; };
        keep = { name = "Archive"; auto = "create"; };
      };
      mailPlugins.globally.enable = [ "notify" ];
      mailPlugins.perProtocol.lmtp.enable = [ "sieve" ];
      pluginSettings.quota_max_mail_size = "40k";
      enableQuota = true;
      quotaGlobalPerUser = "1M";
      quotaPort = "12345";
      sieve = {
        scripts.before = pkgs.writeText "before.sieve" "require \"fileinto\";\nif header :contains \"subject\" \"cheap\" { fileinto \"Spam\"; }\n";
        plugins = [ "sieve_extprograms" ];
        extensions = [ "vnd.dovecot.filter" ];
        globalExtensions = [ "vnd.dovecot.pipe" ];
      };
      modules = [ pkgs.dovecot_pigeonhole ];
      sslServerCert = tls.cert;
      sslServerKey = tls.key;
      sslCACert = tls.cert;
      enableDHE = true;
      extraConfig = "mail_max_userip_connections = 3\ndisable_plaintext_auth = no";
    };
  };

  # As it comes, but for where mail goes; and Dovecot with a configuration of one's own.
  small = { pkgs, ... }: {
    virtualisation.memorySize = 256;
    users.users.dora = { isNormalUser = true; password = "wonder"; };
    services.postfix = { enable = true; relayHost = "mx"; config.smtp_host_lookup = "native"; networksStyle = "host"; aliasMapType = "regexp"; extraAliases = "/^d.ra2$/ dora"; postmasterAlias = ""; };
    services.dovecot2 = { enable = true; configFile = pkgs.writeText "own.conf" "protocols = imap\nmail_location = maildir:/var/spool/mail/%u\nssl = no\ndisable_plaintext_auth = no\npassdb {\n  driver = pam\n  args = dovecot2\n}\nuserdb {\n  driver = passwd\n}\n"; };
  };
}
