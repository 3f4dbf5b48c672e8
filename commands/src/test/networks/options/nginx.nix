# nginx with everything that can be set, and as it comes.
let
  tls = { sslCertificate = ./files/tls.crt; sslCertificateKey = ./files/tls.key; root = ./files/site; };
in
{
  full = { pkgs, ... }: {
    services.nginx = {
      enable = true;
      user = "web";
      group = "web";
      package = null;
      additionalModules = [ pkgs.nginxModules.echo ];
      enableReload = false;
      recommendedProxySettings = true;
      recommendedGzipSettings = true;
      recommendedOptimisation = true;
      recommendedTlsSettings = true;
      proxyTimeout = "55s";
      defaultListenAddresses = [ "0.0.0.0" ];
      defaultHTTPListenPort = 8000;
      defaultSSLListenPort = 8443;
      clientMaxBodySize = "1k";
      serverTokens = true;
      serverNamesHashBucketSize = 128;
      statusPage = true;
      resolver = { addresses = [ "127.0.0.1" ]; valid = "30s"; };
      sslProtocols = "TLSv1.3";
      sslCiphers = "HIGH";
      sslDhparam = ./files/dh.pem;
      logError = "/var/log/nginx/mine.log";
      commonHttpConfig = "map $arg_word $word { default nothing; hi hello; }";
      appendHttpConfig = "server { listen 127.0.0.1:8005; return 200 appended; }";
      streamConfig = "server { listen 127.0.0.1:8006; proxy_pass 127.0.0.1:8005; }";
      eventsConfig = "worker_connections 300;";
      appendConfig = "worker_processes 2;";
      preStart = "touch /run/nginx/pre-start";
      upstreams.pool = {
        servers."127.0.0.1:8005" = { weight = 2; };
        servers."127.0.0.1:8004" = { backup = true; };
        extraConfig = "keepalive 4;";
      };
      virtualHosts = {
        first = {
          serverName = "first.test";
          serverAliases = [ "alias.test" ];
          default = true;
          root = ./files/site;
          extraConfig = "add_header X-Site yes always;";
          locations = {
            "/proxy/" = { proxyPass = "http://127.0.0.1:8007/"; proxyWebsockets = true; recommendedProxySettings = true; };
            "/pool/" = { proxyPass = "http://pool/"; };
            "/tried/" = { tryFiles = "$uri /file.txt"; };
            "/echoed" = { extraConfig = "more_set_headers 'X-Word: more'; echo said;"; };
            "/word" = { return = "200 $word"; };
            "/number" = { return = 204; };
            "/aliased/" = { alias = "${./files/site}/"; index = "file.txt"; };
            "/rooted/" = { root = "/srv/rooted"; };
            "~ ^/order" = { return = "200 early"; priority = 500; };
            "~ ^/orde" = { return = "200 late"; priority = 1500; };
            "/secret" = { basicAuth.alice = "wonder"; tryFiles = "/file.txt =404"; };
            "/filed" = { basicAuthFile = pkgs.writeText "users" "bob:{PLAIN}builder\n"; tryFiles = "/file.txt =404"; };
            "/fast" = { fastcgiParams.EXTRA = "param"; extraConfig = "return 200 fast;"; };
            "/uwsgi" = { uwsgiPass = "127.0.0.1:8999"; };
          };
        };
        echo = { serverName = "echo.test"; listen = [{ addr = "127.0.0.1"; port = 8007; ssl = false; proxyProtocol = false; extraParameters = [ "backlog=64" ]; }]; locations."/".return = "200 \"$http_x_forwarded_for $http_connection\""; };
        addressed = { serverName = "addressed.test"; listenAddresses = [ "127.0.0.9" ]; locations."/".return = "200 addressed"; };
        moved = { serverName = "moved.test"; globalRedirect = "first.test"; redirectCode = 302; };
        closed = { serverName = "closed.test"; basicAuth.alice = "wonder"; root = ./files/site; };
        filed = { serverName = "filed.test"; basicAuthFile = pkgs.writeText "users" "bob:{PLAIN}builder\n"; root = ./files/site; };
        both = tls // { serverName = "both.test"; addSSL = true; kTLS = false; };
        only = tls // { serverName = "only.test"; onlySSL = true; http2 = false; sslTrustedCertificate = ./files/tls.crt; };
        forced = tls // { serverName = "forced.test"; forceSSL = true; };
        refused = { serverName = "refused.test"; rejectSSL = true; };
      };
    };
    users.users.web = { isSystemUser = true; group = "web"; };
    users.groups.web = { };
    systemd.tmpfiles.rules = [ "d /srv/rooted/rooted 0755 root root" "f /srv/rooted/rooted/x 0644 root root - rooted" ];
  };

  plain = { services.nginx.enable = true; };

  # The two ways to write everything oneself.
  http = {
    services.nginx = { enable = true; httpConfig = "server { listen 80; return 200 own-http; }"; };
  };
  whole = {
    services.nginx = { enable = true; config = "events { }\nhttp { server { listen 80; return 200 own-config; } }"; };
  };
}
