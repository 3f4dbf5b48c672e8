# Apache, under NixOS's name for it: unit httpd.service, configuration /etc/httpd/httpd.conf.
{ config, lib, pkgs, options, ... }:

let
  inherit (lib) concatMapStrings concatStringsSep mkOption option optionalString types;
  cfg = config.services.httpd;
  hosts = lib.attrValues cfg.virtualHosts;
  runtime = "/run/httpd";
  old = options.services.httpd;
  formerly = name: { ${name} = mkOption { visible = false; type = types.unspecified; renamedTo = [ "services" "httpd" "virtualHosts" "<name>" name ]; }; };
  formerNames = [ "documentRoot" "servedDirs" "servedFiles" "serverAliases" "hostName" "globalRedirect" "enableUserDir" "robotsEntries" ];

  sockets = host:
    let
      http = ip: { inherit ip; port = 80; ssl = false; };
      https = ip: { inherit ip; port = 443; ssl = true; };
    in
    if host.listen != [ ] then host.listen
    else lib.concatMap
      (ip: lib.optional (!host.onlySSL) (http ip) ++ lib.optional (host.onlySSL || host.addSSL || host.forceSSL) (https ip))
      host.listenAddresses;
  allSockets = lib.unique (map (s: { inherit (s) ip port ssl; }) (lib.concatMap sockets hosts));
  anySSL = lib.any (s: s.ssl) allSockets;
  anyUserDir = lib.any (h: h.enableUserDir) hosts;

  modules = [
    "mpm_${cfg.mpm}" "authn_core" "authz_core" "authn_file" "authz_user" "authz_host" "authz_groupfile" "auth_basic"
    "access_compat" "alias" "autoindex" "deflate" "dir" "env" "filter" "headers" "mime" "negotiation" "rewrite"
    "setenvif" "slotmem_shm" "socache_shmcb" "status" "proxy" "proxy_http" (if cfg.mpm == "prefork" then "cgi" else "cgid")
  ] ++ lib.optionals anySSL ([ "ssl" ] ++ lib.optional (lib.any (h: h.http2) hosts && cfg.mpm != "prefork") "http2")
  ++ lib.optional anyUserDir "userdir";
  builtIn = [ "core" "http" "so" "log_config" "logio" "unixd" "version" "watchdog" ];
  load = m:
    if builtins.isAttrs m then "LoadModule ${m.name}_module ${m.path}\n"
    else optionalString (!(lib.elem m builtIn)) "LoadModule ${m}_module /usr/lib/apache2/modules/mod_${m}.so\n";

  directory = dir: text: "<Directory \"${dir}\">\n${text}</Directory>\n";
  openDirectory = dir: directory dir "    Options Indexes FollowSymLinks\n    AllowOverride None\n    Require all granted\n";
  location = path: l: optionalString (l.alias != null) "Alias ${path} \"${l.alias}\"\n" + ''
    <Location ${path}>
  '' + optionalString (l.proxyPass != null) "    ProxyPass ${l.proxyPass}\n    ProxyPassReverse ${l.proxyPass}\n"
  + optionalString (l.index != null) "    DirectoryIndex ${l.index}\n"
  + l.extraConfig + "\n</Location>\n"
  + optionalString (l.alias != null) (directory l.alias "    Require all granted\n");

  body = host:
    let
      root = if host.documentRoot != null then host.documentRoot else "/usr/share/nixlab/empty";
      places = lib.sort (a: b: a.value.priority < b.value.priority) (lib.attrsToList host.locations);
    in
    optionalString (host.robotsEntries != "") ("Alias /robots.txt /etc/httpd/robots/${host.hostName}.txt\n" + openDirectory "/etc/httpd/robots")
    + "DocumentRoot \"${root}\"\n" + openDirectory root
    + optionalString host.enableUserDir "UserDir public_html\nUserDir disabled root\n<Directory \"/home/*/public_html\">\n    Require all granted\n    Options Indexes FollowSymLinks\n</Directory>\n"
    + optionalString (host.globalRedirect != null) "RedirectPermanent / ${host.globalRedirect}\n"
    + concatMapStrings (f: "Alias ${f.urlPath} ${f.file}\n<Directory \"${builtins.dirOf "${f.file}"}\">\n    Require all granted\n</Directory>\n") host.servedFiles
    + concatMapStrings (d: "Alias ${d.urlPath} ${d.dir}\n" + openDirectory d.dir) host.servedDirs
    + concatMapStrings (l: location l.name l.value) places
    + host.extraConfig + "\n";

  virtualHost = host: concatMapStrings
    (s:
      let redirect = host.forceSSL && !s.ssl;
      in
      ''
        <VirtualHost ${s.ip}:${toString s.port}>
        ServerName ${host.hostName}
      '' + concatMapStrings (a: "ServerAlias ${a}\n") host.serverAliases
      + "ServerAdmin ${if host.adminAddr != null then host.adminAddr else cfg.adminAddr}\n"
      + optionalString cfg.logPerVirtualHost "ErrorLog ${cfg.logDir}/error-${host.hostName}.log\nCustomLog ${cfg.logDir}/access-${host.hostName}.log ${host.logFormat}\n"
      + (if redirect then "Redirect permanent / https://${host.hostName}/\n"
      else (if s.ssl then "SSLEngine on\nSSLCertificateFile ${host.sslServerCert}\nSSLCertificateKeyFile ${host.sslServerKey}\n"
        + optionalString (host.sslServerChain != null) "SSLCertificateChainFile ${host.sslServerChain}\n"
        + optionalString (host.http2 && cfg.mpm != "prefork") "Protocols h2 h2c http/1.1\n"
      else optionalString anySSL "SSLEngine off\n") + body host)
      + "</VirtualHost>\n")
    (sockets host);

  text = ''
    ServerRoot /etc/httpd
    ServerName ${config.networking.hostName}
    DefaultRuntimeDir ${runtime}
    PidFile ${runtime}/httpd.pid
  '' + optionalString (cfg.mpm != "prefork") "ScriptSock ${runtime}/cgisock\n"
  + optionalString (cfg.mpm == "prefork") "MaxRequestWorkers ${toString cfg.maxClients}\n"
  + ''
    MaxConnectionsPerChild ${toString cfg.maxRequestsPerChild}
  '' + concatMapStrings (s: "Listen ${if s.ip == "*" then "" else "${s.ip}:"}${toString s.port} ${if s.ssl then "https" else "http"}\n") allSockets
  + concatMapStrings load (lib.unique (modules ++ cfg.extraModules)) + ''
    User ${cfg.user}
    Group ${cfg.group}
    AddHandler type-map var
    TypesConfig /etc/mime.types
    LogFormat "%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"" combined
    LogFormat "%h %l %u %t \"%r\" %>s %b" common
    LogFormat "%{Referer}i -> %U" referer
    LogFormat "%{User-agent}i" agent
    ErrorLog ${cfg.logDir}/error.log
    LogLevel notice
    ServerAdmin ${cfg.adminAddr}
    ServerSignature Off
    ServerTokens Prod
    DirectoryIndex index.html${optionalString cfg.enablePHP " index.php"}
    <Directory />
        Options FollowSymLinks
        AllowOverride None
        Require all denied
    </Directory>
    <Files ~ "^\.ht">
        Require all denied
    </Files>
  '' + optionalString anySSL "SSLSessionCache shmcb:${runtime}/ssl_scache(512000)\nSSLRandomSeed startup builtin\nSSLProtocol all -SSLv3 -TLSv1 -TLSv1.1\n"
  + optionalString (!cfg.logPerVirtualHost) "CustomLog ${cfg.logDir}/access.log ${cfg.logFormat}\n"
  + optionalString cfg.enablePHP "<FilesMatch \"\\.php$\">\n    SetHandler application/x-httpd-php\n</FilesMatch>\nPHPINIDir /etc/httpd/php\n"
  + optionalString cfg.enablePerl "<Files ~ \"\\.pl$\">\n    SetHandler perl-script\n    PerlResponseHandler ModPerl::Registry\n    PerlOptions +ParseHeaders\n    Options +ExecCGI\n</Files>\n"
  + cfg.extraConfig + "\n"
  + concatMapStrings virtualHost (lib.sort (a: b: a.hostName == "localhost" && b.hostName != "localhost") hosts);
in
{
  options.services.httpd = {
    enable = lib.mkEnableOption "the Apache web server";
    virtualHosts = option (types.attrsOf (import ./httpd-host.nix { inherit lib; defaults = cfg; })) { localhost.documentRoot = "/usr/share/nixlab/httpd"; }
      "The hosts it serves." // { defaultText = "a test page for localhost"; example = lib.literalExpression ''{ "www.example.net".documentRoot = "/srv/www"; }''; };
    adminAddr = option types.str "root@localhost" "Mail address of the administrator." // { example = "admin@example.net"; };
    extraConfig = option types.lines "" "Further directives for all hosts.";
    extraModules = option (types.listOf types.unspecified) [ ] "Further modules to load: names, or sets of name and path." // { example = [ "proxy_balancer" ]; };
    configFile = option (types.nullOr types.path) null "A configuration to use instead of all this.";
    logFormat = option types.str "common" "Format of the log: common, combined, referer, agent or none." // { example = "combined"; };
    logPerVirtualHost = option types.bool true "Whether each host has log files of its own.";
    logDir = option types.path "/var/log/httpd" "Directory of the log files.";
    user = option types.str "wwwrun" "User that the server runs as.";
    group = option types.str "wwwrun" "Group that the server runs as.";
    mpm = option (types.enum [ "event" "prefork" "worker" ]) (if cfg.enablePHP then "prefork" else "event") "How it divides its work." // { defaultText = "event"; };
    maxClients = option types.int 150 "Most clients at a time, with mpm prefork.";
    maxRequestsPerChild = option types.int 0 "Connections after which a process ends; 0: never.";
    enablePHP = option types.bool false "Whether .php files run.";
    phpPackage = lib.inert types.raw (pkgs.php or null) "PHP, which is Debian's." // { defaultText = "pkgs.php"; };
    phpOptions = option types.lines "" "Lines of php.ini.";
    enablePerl = option types.bool false "Whether .pl files run.";
    package = lib.inert (types.nullOr types.package) pkgs.apacheHttpd "The server's package." // { defaultText = "pkgs.apacheHttpd"; };
  } // lib.mergeAttrsList (map formerly formerNames);

  config = lib.mkMerge [
    (lib.mkIf (lib.any (name: old.${name}.isDefined) formerNames) {
      services.httpd.virtualHosts.localhost = lib.mkMerge (map (name: { ${name} = lib.mkAliasDefinitions old.${name}; }) formerNames);
    })
    (lib.mkIf cfg.enable {
      users.users = lib.optionalAttrs (cfg.user == "wwwrun") { wwwrun = { inherit (cfg) group; description = "Apache httpd user"; isSystemUser = true; uid = 54; }; };
      users.groups = lib.optionalAttrs (cfg.group == "wwwrun") { wwwrun.gid = 54; };
      nixlab.packages = [ "apache2" ] ++ lib.optional cfg.enablePHP "libapache2-mod-php8.2" ++ lib.optional cfg.enablePerl "libapache2-mod-perl2";
      services.httpd.extraModules = lib.optional cfg.enablePHP { name = "php"; path = "/usr/lib/apache2/modules/libphp8.2.so"; }
        ++ lib.optional cfg.enablePerl { name = "perl"; path = "/usr/lib/apache2/modules/mod_perl.so"; };
      environment.etc = {
        "httpd/httpd.conf" = if cfg.configFile != null then { source = cfg.configFile; } else { inherit text; };
        "httpd/php/php.ini" = lib.mkIf cfg.enablePHP { text = cfg.phpOptions; };
      } // lib.listToAttrs (map (h: { name = "httpd/robots/${h.hostName}.txt"; value.text = h.robotsEntries; })
        (lib.filter (h: h.robotsEntries != "") hosts));
      nixlab.files = [
        { path = "/usr/share/nixlab/empty"; directory = true; }
        {
          path = "/usr/share/nixlab/httpd/index.html";
          text = ''
            <!DOCTYPE html>
            <html lang="en">
            <head><title>It works!</title></head>
            <body>
            <h1>It works!</h1>
            <p>Apache serves this test page because no virtual host has a document root yet.</p>
            </body>
            </html>
          '';
        }
      ];
      systemd.tmpfiles.rules = lib.optional (cfg.logDir != "/var/log/httpd") "d ${cfg.logDir} 0700 ${cfg.user} ${cfg.group}";
      systemd.services.httpd = {
        description = "Apache HTTPD";
        aliases = [ "apache2.service" ];
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ];
        restartTriggers = [ ];
        serviceConfig = {
          Type = "forking";
          PIDFile = "${runtime}/httpd.pid";
          ExecStart = "/usr/sbin/apache2 -f /etc/httpd/httpd.conf -k start";
          ExecStop = "/usr/sbin/apache2 -f /etc/httpd/httpd.conf -k graceful-stop";
          ExecReload = "/usr/sbin/apache2 -f /etc/httpd/httpd.conf -k graceful";
          RuntimeDirectory = "httpd";
          RuntimeDirectoryMode = "0755";
          LogsDirectory = "httpd";
          LogsDirectoryMode = "0700";
          Restart = "always";
          RestartSec = "5s";
          PrivateTmp = true;
        };
      };
      assertions = lib.concatMap
        (h: [
          {
            assertion = lib.length (lib.filter (x: x) [ h.addSSL h.onlySSL h.forceSSL ]) < 2;
            message = "virtual host `${h.hostName}`: only one of addSSL, onlySSL and forceSSL can be set";
          }
          {
            assertion = lib.any (s: s.ssl) (sockets h) -> h.sslServerCert != null && h.sslServerKey != null;
            message = "virtual host `${h.hostName}` speaks HTTPS and needs `sslServerCert` and `sslServerKey`";
          }
        ])
        hosts;
    })
  ];
}
