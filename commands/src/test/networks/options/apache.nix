# Apache with everything that can be set, and as it comes.
{
  full = { pkgs, lib, ... }: {
    services.httpd = {
      enable = true;
      adminAddr = "boss@example.net";
      extraConfig = "Header always set X-Extra yes";
      extraModules = [ "info" { name = "echo"; path = "/usr/lib/apache2/modules/mod_echo.so"; } ];
      logFormat = "combined";
      logPerVirtualHost = true;
      logDir = "/var/log/pages";
      user = "web";
      group = "web";
      mpm = "prefork";
      maxClients = 20;
      maxRequestsPerChild = 500;
      enablePHP = true;
      phpOptions = "memory_limit = 77M";
      enablePerl = true;
      package = null;
      virtualHosts = {
        site = {
          hostName = "site.test";
          serverAliases = [ "alias.test" ];
          documentRoot = ./files/site;
          adminAddr = "site@example.net";
          servedDirs = [{ urlPath = "/dir"; dir = ./files/site; }];
          servedFiles = [{ urlPath = "/one.txt"; file = ./files/hello.txt; }];
          extraConfig = "Header always set X-Site yes";
          enableUserDir = true;
          logFormat = "agent";
          robotsEntries = "User-agent: *\nDisallow: /x";
          locations."/api/" = { proxyPass = "http://127.0.0.1:8081/"; extraConfig = "Header set X-Api yes"; priority = 900; };
          locations."/aliased" = { alias = ./files/site; index = "file.txt"; };
        };
        elsewhere = { hostName = "elsewhere.test"; globalRedirect = "http://site.test/"; };
        back = { hostName = "back.test"; listen = [{ ip = "127.0.0.1"; port = 8081; ssl = false; }]; documentRoot = ./files/site; };
        secure = { hostName = "secure.test"; onlySSL = true; http2 = true; sslServerCert = ./files/tls.crt; sslServerKey = ./files/tls.key; sslServerChain = ./files/tls.crt; documentRoot = ./files/site; };
        both = { hostName = "both.test"; addSSL = true; sslServerCert = ./files/tls.crt; sslServerKey = ./files/tls.key; documentRoot = ./files/site; };
        forced = { hostName = "forced.test"; forceSSL = true; sslServerCert = ./files/tls.crt; sslServerKey = ./files/tls.key; documentRoot = ./files/site; };
        code = { hostName = "code.test"; documentRoot = "/srv/code"; extraConfig = "<Directory /srv/code>\nOptions +ExecCGI\n</Directory>"; };
      };
    };
    users.users.web = { isSystemUser = true; group = "web"; };
    users.groups.web = { };
    users.users.alice = { isNormalUser = true; homeMode = "755"; };
    systemd.tmpfiles.rules = [
      "d /srv/code 0755 root root"
      "f /srv/code/a.php 0644 root root - <?php echo 'php ' . ini_get('memory_limit');"
      "d /home/alice/public_html 0755 alice users"
      "f /home/alice/public_html/hi.txt 0644 alice users - alice-page"
    ];
    environment.etc."tls.crt".source = ./files/tls.crt;
    environment.etc."code/b.pl" = { text = "print \"Content-type: text/plain\\n\\nperl runs\\n\";\n"; mode = "0755"; };
    services.httpd.virtualHosts.site.locations."/perl" = { alias = "/etc/code"; };
  };

  # Only on one address, in the older spelling.
  local = {
    services.httpd.enable = true;
    services.httpd.documentRoot = ./files/site;
    services.httpd.virtualHosts.localhost.listenAddresses = [ "127.0.0.1" ];
  };

  plain = { services.httpd.enable = true; };

  web2 = {
    services.httpd.enable = true;
    services.httpd.virtualHosts.secure = { hostName = "secure.test"; onlySSL = true; http2 = true; sslServerCert = ./files/tls.crt; sslServerKey = ./files/tls.key; documentRoot = ./files/site; };
  };

  own = { pkgs, ... }: {
    services.httpd.enable = true;
    services.httpd.package = null;
    services.httpd.configFile = pkgs.writeText "httpd.conf" ''
      ServerRoot /etc/httpd
      PidFile /run/httpd/httpd.pid
      Listen 8088
      LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
      LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
      ErrorLog /var/log/httpd/error.log
      DocumentRoot /usr/share/nixlab/httpd
    '';
  };
}
