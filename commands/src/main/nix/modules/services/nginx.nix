# The nginx web server.
{ config, lib, pkgs, ... }:

let
  inherit (lib) concatMapStrings mkOption option optionalString types;
  cfg = config.services.nginx;
  line = key: value: optionalString (value != null) "${key} ${toString value};\n";
  asPath = key: value: optionalString (value != null) "${key} ${"${value}"};\n";
  onOff = b: if b then "on" else "off";
  anySSL = h: h.onlySSL || h.addSSL || h.forceSSL || h.rejectSSL;

  # What a host has of a certificate that is made for it.
  usesACME = h: h.enableACME || h.useACMEHost != null;
  certificateOf = h: if h.useACMEHost != null then h.useACMEHost else h.serverName;
  withCertificate = h: if !usesACME h then h else
  let directory = config.security.acme.certs.${certificateOf h}.directory or "/var/lib/acme/${certificateOf h}";
  in h // {
    sslCertificate = "${directory}/fullchain.pem";
    sslCertificateKey = "${directory}/key.pem";
    sslTrustedCertificate = if h.sslTrustedCertificate != null then h.sslTrustedCertificate else "${directory}/chain.pem";
  };
  certificates = lib.unique (map certificateOf (lib.filter usesACME hosts));
  challenge = h: optionalString (usesACME h) (''
    location ^~ /.well-known/acme-challenge/ {
  '' + optionalString (h.acmeFallbackHost != null) "try_files $uri @acme-fallback;\n" + asPath "root" h.acmeRoot + "auth_basic off;\n}\n"
  + optionalString (h.acmeFallbackHost != null) "location @acme-fallback {\nauth_basic off;\nproxy_pass http://${h.acmeFallbackHost};\n}\n");

  proxyHeaders = ''
    proxy_set_header Host $host;
    proxy_set_header X-Real-IP $remote_addr;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header X-Forwarded-Host $host;
    proxy_set_header X-Forwarded-Server $host;
  '';
  auth = zone: a:
    if a.basicAuth != { } then "auth_basic secured;\nauth_basic_user_file ${pkgs.writeText "htpasswd" (lib.concatStrings (lib.mapAttrsToList (u: p: "${u}:{PLAIN}${p}\n") a.basicAuth))};\n"
    else if a.basicAuthFile != null then "auth_basic secured;\nauth_basic_user_file ${a.basicAuthFile};\n"
    else "";

  location = path: l: ''
    location ${path} {
  '' + optionalString (l.proxyPass != null) "proxy_pass ${l.proxyPass};\n"
  + optionalString l.proxyWebsockets "proxy_http_version 1.1;\nproxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection $connection_upgrade;\n"
  + optionalString (l.proxyPass != null && (if l.recommendedProxySettings == null then cfg.recommendedProxySettings else l.recommendedProxySettings)) proxyHeaders
  + optionalString (l.uwsgiPass != null) "uwsgi_pass ${l.uwsgiPass};\ninclude /etc/nginx/uwsgi_params;\n"
  + optionalString (l.fastcgiParams != { }) "include /etc/nginx/fastcgi_params;\n"
  + lib.concatStrings (lib.mapAttrsToList (k: v: "fastcgi_param ${k} \"${v}\";\n") l.fastcgiParams)
  + line "index" l.index + line "try_files" l.tryFiles + asPath "root" l.root + asPath "alias" l.alias + line "return" l.return
  + l.extraConfig + "\n" + auth path l + "}\n";

  sockets = h:
    let
      addresses = if h.listenAddresses != [ ] then h.listenAddresses else cfg.defaultListenAddresses;
      plain = addr: { inherit addr; port = cfg.defaultHTTPListenPort; ssl = false; proxyProtocol = false; extraParameters = [ ]; };
      secure = addr: plain addr // { port = cfg.defaultSSLListenPort; ssl = true; };
    in
    if h.listen != [ ] then map (s: s // { port = if s.port != null then s.port else if s.ssl then cfg.defaultSSLListenPort else cfg.defaultHTTPListenPort; }) h.listen
    else lib.concatMap (a: lib.optional (anySSL h) (secure a) ++ lib.optional (!h.onlySSL) (plain a)) addresses;
  listen = h: s: "listen ${s.addr}${optionalString (!lib.hasPrefix "unix:" s.addr) ":${toString s.port}"}"
    + optionalString s.ssl (" ssl" + optionalString h.http2 " http2") + optionalString h.default " default_server"
    + optionalString s.proxyProtocol " proxy_protocol" + concatMapStrings (p: " ${p}") s.extraParameters + ";\n";

  names = h: line "server_name" (if h.serverName == null then null else lib.concatStringsSep " " ([ h.serverName ] ++ h.serverAliases));
  server = h:
    let
      all = sockets h;
      own = if h.forceSSL then lib.filter (s: s.ssl) all else all;
      places = lib.sort (a: b: a.value.priority < b.value.priority) (lib.attrsToList h.locations);
    in
    optionalString h.forceSSL ("server {\n" + concatMapStrings (listen h) (lib.filter (s: !s.ssl) all) + names h
      + "location / {\nreturn ${toString h.redirectCode} https://$host$request_uri;\n}\n${challenge h}}\n")
    + "server {\n" + concatMapStrings (listen h) own + names h
    + asPath "root" h.root
    + optionalString (h.globalRedirect != null) "location / {\nreturn ${toString h.redirectCode} http${optionalString (anySSL h) "s"}://${h.globalRedirect}$request_uri;\n}\n"
    + optionalString (anySSL h && !h.rejectSSL) (asPath "ssl_certificate" h.sslCertificate + asPath "ssl_certificate_key" h.sslCertificateKey + asPath "ssl_trusted_certificate" h.sslTrustedCertificate)
    + optionalString h.rejectSSL "ssl_reject_handshake on;\n"
    + auth h.serverName h
    + challenge h
    + concatMapStrings (l: location l.name l.value) places
    + h.extraConfig + "\n}\n";

  upstream = name: u: ''
    upstream ${name} {
  '' + lib.concatStrings (lib.mapAttrsToList
    (server: o: "server ${server}${optionalString o.backup " backup"}${lib.concatStrings (lib.mapAttrsToList (k: v: " ${k}=${toString v}") (removeAttrs o [ "backup" ]))};\n")
    u.servers)
  + u.extraConfig + "\n}\n";

  hosts = map withCertificate (lib.attrValues cfg.virtualHosts);
  http = ''
    http {
    include /etc/nginx/mime.types;
    include /etc/nginx/fastcgi.conf;
    include /etc/nginx/uwsgi_params;
    default_type application/octet-stream;
    access_log ${if cfg.accessLog then "/var/log/nginx/access.log" else "off"};
  '' + concatMapStrings (n: "${n}_temp_path /tmp/nginx_${n};\n") [ "client_body" "proxy" "fastcgi" "uwsgi" "scgi" ]
  + line "types_hash_max_size" 4096
  + line "server_names_hash_bucket_size" cfg.serverNamesHashBucketSize
  + optionalString (cfg.resolver.addresses != [ ]) "resolver ${toString cfg.resolver.addresses}${optionalString (cfg.resolver.valid != "") " valid=${cfg.resolver.valid}"};\n"
  + optionalString cfg.recommendedOptimisation "sendfile on;\ntcp_nopush on;\ntcp_nodelay on;\nkeepalive_timeout 65;\n"
  + optionalString (lib.any anySSL hosts) ("ssl_protocols ${cfg.sslProtocols};\n" + line "ssl_ciphers" cfg.sslCiphers + asPath "ssl_dhparam" cfg.sslDhparam)
  + optionalString cfg.recommendedTlsSettings "ssl_session_timeout 1d;\nssl_session_cache shared:SSL:10m;\nssl_session_tickets off;\nssl_prefer_server_ciphers off;\n"
  + optionalString cfg.recommendedGzipSettings "gzip on;\ngzip_comp_level 5;\ngzip_min_length 256;\ngzip_proxied expired no-cache no-store private auth;\ngzip_vary on;\ngzip_types application/atom+xml application/json application/javascript application/xml font/ttf image/svg+xml text/css text/javascript text/plain text/xml;\n"
  + optionalString cfg.recommendedProxySettings "proxy_redirect off;\nproxy_connect_timeout ${cfg.proxyTimeout};\nproxy_send_timeout ${cfg.proxyTimeout};\nproxy_read_timeout ${cfg.proxyTimeout};\nproxy_http_version 1.1;\n"
  + ''
    map $http_upgrade $connection_upgrade {
    default upgrade;
    ''' close;
    }
    client_max_body_size ${cfg.clientMaxBodySize};
    server_tokens ${onOff cfg.serverTokens};
  '' + cfg.commonHttpConfig + "\n"
  + lib.concatStrings (lib.mapAttrsToList upstream cfg.upstreams)
  + concatMapStrings server hosts
  + optionalString cfg.statusPage "server {\nlisten ${toString cfg.defaultHTTPListenPort};\nserver_name localhost;\nlocation /nginx_status {\nstub_status on;\naccess_log off;\nallow 127.0.0.1;\ndeny all;\n}\n}\n"
  + cfg.appendHttpConfig + "\n}\n";

  stream = cfg.streamConfig != "";
  # The packages of modules that are loaded; NixOS has the one for headers in every nginx.
  modules = lib.optional (lib.hasInfix "more_set_" directives || lib.hasInfix "more_clear_" directives) "libnginx-mod-http-headers-more-filter"
    ++ lib.concatMap (p: p.debianPackages) cfg.additionalModules;
  # Some are made with another, which has to be there before.
  ordered = lib.unique (lib.optional (lib.any (m: lib.elem m [ "libnginx-mod-http-lua" "libnginx-mod-http-set-misc" ]) modules) "libnginx-mod-http-ndk" ++ modules);
  text = optionalString stream "load_module /usr/lib/nginx/modules/ngx_stream_module.so;\n"
    + concatMapStrings (m: "include /usr/share/nginx/modules-available/${lib.removePrefix "libnginx-" m}.conf;\n") ordered
    + directives;
  directives = ''
    pid /run/nginx/nginx.pid;
    error_log ${cfg.logError};
  '' + cfg.config
  + optionalString (cfg.config == "") ("events {\n${cfg.eventsConfig}\n}\n"
    + (if cfg.httpConfig != "" then "http {\ninclude /etc/nginx/mime.types;\n${cfg.httpConfig}\n}\n" else http)
    + optionalString stream "stream {\n${cfg.streamConfig}\n}\n")
  + cfg.appendConfig + "\n";
in
{
  options.services.nginx = {
    enable = lib.mkEnableOption "the nginx web server";
    virtualHosts = option (types.attrsOf (import ./nginx-host.nix { inherit lib; })) { localhost = { }; } "The hosts it serves."
      // { defaultText = "a test page for localhost"; example = lib.literalExpression ''{ "www.example.net".root = "/srv/www"; }''; };
    upstreams = option
      (types.attrsOf (types.submodule {
        options = {
          servers = option
            (types.attrsOf (types.submodule {
              freeformType = types.attrsOf (types.oneOf [ types.int types.str ]);
              options.backup = option types.bool false "Whether it is used only when the others fail.";
            }))
            { } "Addresses of its servers, with parameters such as `weight`.";
          extraConfig = option types.lines "" "Further directives of the group.";
        };
      }))
      { } "Groups of servers for `proxyPass`." // { example = { back.servers = { "10.0.0.1:8000" = { }; }; }; };
    recommendedProxySettings = option types.bool false "Whether proxied requests carry the usual headers.";
    recommendedGzipSettings = option types.bool false "Whether answers are compressed.";
    recommendedOptimisation = option types.bool false "Whether files are sent the quick way.";
    recommendedTlsSettings = option types.bool false "Whether TLS sessions are cached.";
    proxyTimeout = option types.str "60s" "How long proxied requests may take.";
    defaultListenAddresses = option (types.listOf types.str) ([ "0.0.0.0" ] ++ lib.optional config.networking.enableIPv6 "[::0]") "Addresses of hosts that name none."
      // { defaultText = "all"; };
    defaultHTTPListenPort = option types.port 80 "Port for HTTP.";
    defaultSSLListenPort = option types.port 443 "Port for HTTPS.";
    clientMaxBodySize = option types.str "10m" "Largest body of a request.";
    serverTokens = option types.bool false "Whether answers tell nginx's version.";
    serverNamesHashBucketSize = option (types.nullOr types.ints.positive) null "Size for long host names.";
    statusPage = option types.bool false "Whether http://127.0.0.1/nginx_status tells how busy it is.";
    resolver.addresses = option (types.listOf types.str) [ ] "Name servers.";
    resolver.valid = option types.str "" "How long their answers hold.";
    sslProtocols = option types.str "TLSv1.2 TLSv1.3" "Versions of TLS.";
    sslCiphers = option (types.nullOr types.str) null "Ciphers." // { defaultText = "OpenSSL's"; };
    sslDhparam = option (types.nullOr types.path) null "File of Diffie-Hellman parameters.";
    accessLog = lib.internal types.bool true;
    logError = option types.str "/var/log/nginx/error.log" "Where errors are logged.";
    commonHttpConfig = option types.lines "" "Directives for all hosts, before them.";
    appendHttpConfig = option types.lines "" "Directives for all hosts, after them.";
    httpConfig = option types.lines "" "The whole http block, instead of hosts.";
    streamConfig = option types.lines "" "The stream block: plain TCP and UDP.";
    eventsConfig = option types.lines "" "The events block.";
    appendConfig = option types.lines "" "Directives outside all blocks.";
    config = option types.lines "" "The whole configuration, instead of all this.";
    preStart = option types.lines "" "Shell commands before it starts.";
    user = option types.str "nginx" "User that it runs as.";
    group = option types.str "nginx" "Group that it runs as.";
    enableReload = lib.inert types.bool false "Reload when the configuration changes.";
    package = lib.inert (types.nullOr types.package) pkgs.nginx "The server's package." // { defaultText = "pkgs.nginx"; };
    additionalModules = option (types.listOf types.package) [ ] "Modules to load, out of `pkgs.nginxModules`."
      // { example = lib.literalExpression "[ pkgs.nginxModules.echo ]"; };
  };

  config = lib.mkIf cfg.enable {
    nixlab.packages = [ "nginx" ] ++ lib.optional stream "libnginx-mod-stream" ++ ordered;
    users.users = lib.optionalAttrs (cfg.user == "nginx") { nginx = { inherit (cfg) group; isSystemUser = true; uid = 60; }; };
    users.groups = lib.optionalAttrs (cfg.group == "nginx") { nginx.gid = 60; };
    environment.etc."nginx/nginx.conf".text = text;
    security.acme.certs = lib.mkMerge (map
      (h: {
        ${h.serverName} = {
          group = lib.mkDefault cfg.group;
          webroot = lib.mkOverride (if h.acmeRoot != null then 1000 else 2000) h.acmeRoot;
          dnsProvider = lib.mkOverride (if h.acmeRoot != null then 1000 else 2000) null;
          extraDomainNames = h.serverAliases;
        };
      })
      (lib.filter (h: h.enableACME) hosts));
    # Old files in /tmp are cleaned away, but not these directories.
    systemd.tmpfiles.rules = [ "X /tmp/systemd-private-%b-nginx.service-*/tmp/nginx_*" ];
    # At boot, before nginx is there, it does nothing.
    systemd.services.nginx-config-reload = lib.mkIf (certificates != [ ]) {
      description = "New certificates for nginx";
      wantedBy = map (c: "acme-${c}.service") certificates;
      after = map (c: "acme-${c}.service") certificates;
      before = [ "nginx.service" ] ++ map (c: "acme-finished-${c}.target") certificates;
      serviceConfig.Type = "oneshot";
      serviceConfig.ExecStart = "/bin/systemctl --no-block try-reload-or-restart nginx.service";
    };
    systemd.services.nginx = {
      description = "Nginx Web Server";
      wantedBy = [ "multi-user.target" ];
      wants = map (c: "acme-finished-${c}.target") certificates;
      after = [ "network.target" ] ++ map (c: "acme-${c}.service") certificates;
      preStart = cfg.preStart;
      serviceConfig = {
        Type = "forking";
        PIDFile = "/run/nginx/nginx.pid";
        ExecStart = "/usr/sbin/nginx -c /etc/nginx/nginx.conf -e /var/log/nginx/error.log";
        ExecReload = "/bin/kill -HUP $MAINPID";
        Restart = "always";
        RestartSec = "10s";
        User = cfg.user;
        Group = cfg.group;
        RuntimeDirectory = "nginx";
        RuntimeDirectoryMode = "0750";
        CacheDirectory = "nginx";
        CacheDirectoryMode = "0750";
        # Where Debian's nginx keeps request bodies unless it is told otherwise.
        StateDirectory = "nginx";
        LogsDirectory = "nginx";
        LogsDirectoryMode = "0750";
        AmbientCapabilities = [ "CAP_NET_BIND_SERVICE" "CAP_SYS_RESOURCE" ];
        NoNewPrivileges = true;
        PrivateTmp = true;
      };
    };
    assertions = lib.concatMap
      (h: [
        {
          assertion = lib.count (x: x) [ h.addSSL h.onlySSL h.forceSSL h.rejectSSL ] < 2;
          message = "virtual host `${toString h.serverName}`: only one of addSSL, onlySSL, forceSSL and rejectSSL can be set";
        }
        {
          assertion = (h.addSSL || h.onlySSL || h.forceSSL) -> h.sslCertificate != null && h.sslCertificateKey != null;
          message = "virtual host `${toString h.serverName}` speaks HTTPS and needs `sslCertificate` and `sslCertificateKey`, `enableACME` or `useACMEHost`";
        }
        {
          assertion = !(h.enableACME && h.useACMEHost != null);
          message = "virtual host `${toString h.serverName}`: only one of enableACME and useACMEHost can be set";
        }
        {
          assertion = h.useACMEHost != null -> config.security.acme.certs ? ${toString h.useACMEHost};
          message = "virtual host `${toString h.serverName}` uses the certificate `${toString h.useACMEHost}`, which `security.acme.certs` does not have";
        }
      ])
      hosts
    ++ lib.concatMap
      (c:
        let
          inherit (config.security.acme.certs.${c}) group;
          person = config.users.users.${cfg.user} or { extraGroups = [ ]; };
        in
        [{
          assertion = group == cfg.group || lib.elem group person.extraGroups || lib.elem cfg.user (config.users.groups.${group} or { members = [ ]; }).members;
          message = "nginx runs as `${cfg.user}`, which cannot read the certificate `${c}` of the group `${group}`: set `security.acme.certs.\"${c}\".group = \"${cfg.group}\";`";
        }])
      (lib.filter (c: config.security.acme.certs ? ${c}) certificates);
  };
}
