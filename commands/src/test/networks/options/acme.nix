# Certificates of a machine's own CA, alone and in nginx.
{
  web = {
    virtualisation.memorySize = 320;
    security.acme = {
      acceptTerms = true;
      useRoot = false;
      preliminarySelfsigned = true;
      maxConcurrentRenewals = 2;
      defaults = { email = "admin@example.test"; reloadServices = [ "heard.service" ]; postRun = "echo new >> /var/lib/acme/log"; renewInterval = "weekly"; validMinDays = 20; };
      certs."mail.example.test" = {
        email = "post@example.test";
        domain = "post.example.test";
        extraDomainNames = [ "imap.example.test" "*.wild.test" ];
        group = "mailer";
        keyType = "rsa2048";
        ocspMustStaple = true;
        webroot = "/var/lib/acme/acme-challenge";
        postRun = "cp full.pem /root/copied.pem";
        reloadServices = [ "mail-reload.service" ];
        renewInterval = "monthly";
        validMinDays = 10;
      };
      certs."bare.test" = { inheritDefaults = false; email = "b@bare.test"; listenHTTP = ":80"; };
      certs."example.test" = { group = "nginx"; webroot = "/var/lib/acme/acme-challenge"; extraDomainNames = [ "sub.example.test" ]; };
    };
    users.groups.mailer = { };
    systemd.services =
      let
        told = name: { wantedBy = [ "multi-user.target" ]; before = [ "acme-mail.example.test.service" "acme-own.test.service" ]; serviceConfig = { Type = "oneshot"; RemainAfterExit = true; ExecStart = "/bin/true"; ExecReload = "/bin/touch /run/${name}"; }; };
      in
      { mail-reload = told "reloaded"; heard = told "heard"; };

    networking.firewall.allowedTCPPorts = [ 80 443 ];
    networking.hosts."127.0.0.1" = [ "own.test" "alias.test" "sub.example.test" ];
    services.nginx = {
      enable = true;
      virtualHosts."own.test" = { enableACME = true; forceSSL = true; serverAliases = [ "alias.test" ]; acmeRoot = "/srv/answers"; acmeFallbackHost = "127.0.0.1:8009"; locations."/".return = "200 own"; };
      virtualHosts.shared = { serverName = "sub.example.test"; useACMEHost = "example.test"; addSSL = true; locations."/".return = "200 shared"; };
      virtualHosts.fallback = { listen = [{ addr = "127.0.0.1"; port = 8009; }]; locations."/".return = "200 elsewhere"; };
    };
    systemd.tmpfiles.rules = [ "d /srv/answers/.well-known/acme-challenge 0755 root root" "f /srv/answers/.well-known/acme-challenge/word 0644 root root - answer" ];
  };

  rooted = {
    virtualisation.memorySize = 256;
    security.acme = {
      acceptTerms = true;
      useRoot = true;
      defaults = {
        email = "admin@example.test";
        group = "keyed";
        keyType = "ec384";
        ocspMustStaple = true;
        server = "https://acme.test/dir";
        webroot = "/var/lib/acme/acme-challenge";
        dnsResolver = "127.0.0.1:53";
        dnsPropagationCheck = false;
        enableDebugLogs = false;
        extraLegoFlags = [ "--eab" ];
        extraLegoRunFlags = [ "--preferred-chain" "x" ];
        extraLegoRenewFlags = [ "--reuse-key" ];
        environmentFile = "/dev/null";
        credentialFiles.WORD_FILE = "/dev/null";
      };
      certs."rooted.test" = { };
      certs."named.test" = { webroot = null; dnsProvider = "rfc2136"; };
    };
    users.groups.keyed = { };
  };
}
