# The options of one virtual host of Apache.
{ lib, defaults }:

let
  inherit (lib) mkOption option types;
  served = what: types.listOf (types.submodule {
    options = {
      urlPath = mkOption { type = types.str; description = "Path of the URL."; };
      ${what} = mkOption { type = types.path; description = "What it serves."; };
    };
  });
in
types.submodule ({ name, config, ... }: {
  imports = [ (lib.mkAliasOptionModule [ "enableSSL" ] [ "onlySSL" ]) { options.warnings = lib.internal (types.listOf types.str) [ ]; } ];
  options = {
    hostName = option types.str name "Name of the host." // { defaultText = "its name in the set"; };
    serverAliases = option (types.listOf types.str) [ ] "Further names." // { example = [ "www.example.net" ]; };
    documentRoot = option (types.nullOr types.path) null "Directory that is served." // { example = "/srv/www"; };
    listen = option
      (types.listOf (types.submodule {
        options = {
          ip = option types.str "*" "Address.";
          port = mkOption { type = types.port; description = "Port."; };
          ssl = option types.bool false "Whether it speaks HTTPS.";
        };
      }))
      [ ] "Addresses and ports; none: 80, or 443 with SSL." // { example = [{ port = 8080; }]; };
    listenAddresses = option (types.nonEmptyListOf types.str) [ "*" ] "Addresses, with the usual ports.";
    addSSL = option types.bool false "Whether it speaks HTTPS beside HTTP.";
    onlySSL = option types.bool false "Whether it speaks HTTPS only.";
    forceSSL = option types.bool false "Whether HTTP leads to HTTPS.";
    sslServerCert = option (types.nullOr types.path) null "File of the certificate." // { example = "/var/host.cert"; };
    sslServerKey = option (types.nullOr types.path) null "File of the certificate's key." // { example = "/var/host.key"; };
    sslServerChain = option (types.nullOr types.path) null "File of intermediate certificates.";
    http2 = option types.bool true "Whether it speaks HTTP/2 over HTTPS.";
    adminAddr = option (types.nullOr types.str) null "Mail address of the administrator.";
    servedDirs = option (served "dir") [ ] "Further directories by URL." // { example = [{ urlPath = "/nix"; dir = "/srv/nix"; }]; };
    servedFiles = option (served "file") [ ] "Further files by URL." // { example = [{ urlPath = "/foo.png"; file = "/srv/foo.png"; }]; };
    extraConfig = option types.lines "" "Further directives of the host.";
    enableUserDir = option types.bool false "Whether ~/public_html is served as /~user.";
    globalRedirect = option (types.nullOr types.str) null "URL to which everything is redirected.";
    logFormat = option types.str "common" "Format of its log." // { example = "combined"; };
    robotsEntries = option types.lines "" "Content of /robots.txt." // { example = "Disallow: /private/"; };
    locations = option
      (types.attrsOf (types.submodule {
        options = {
          proxyPass = option (types.nullOr types.str) null "URL to which requests are handed on." // { example = "http://localhost:3000/"; };
          index = option (types.nullOr types.str) null "Files that are looked for in a directory." // { example = "index.php index.html"; };
          alias = option (types.nullOr types.path) null "Directory that is served here.";
          extraConfig = option types.lines "" "Further directives of the location.";
          priority = option types.int 1000 "Order among locations, the lower the earlier.";
        };
      }))
      { } "Paths that are served in another way." // { example = { "/api/".proxyPass = "http://localhost:3000/"; }; };
  };
})
