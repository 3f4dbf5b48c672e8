# The options of one virtual host of nginx, and of one location in it.
{ lib }:

let
  inherit (lib) mkOption option types;
  auth = {
    basicAuth = option (types.attrsOf types.str) { } "Users and passwords (in clear text) that may see it." // { example = { alice = "secret"; }; };
    basicAuthFile = option (types.nullOr types.path) null "File of users and hashed passwords that may see it.";
  };
  location.options = auth // {
    proxyPass = option (types.nullOr types.str) null "URL to which requests are handed on." // { example = "http://127.0.0.1:3000"; };
    proxyWebsockets = option types.bool false "Whether WebSockets are handed on, too.";
    uwsgiPass = option (types.nullOr types.str) null "uwsgi server to which requests are handed on.";
    recommendedProxySettings = option (types.nullOr types.bool) null "Whether the usual headers are added; null: as for the whole server.";
    root = option (types.nullOr types.path) null "Directory that is served.";
    alias = option (types.nullOr types.path) null "Directory that stands for the location.";
    index = option (types.nullOr types.str) null "Files that are looked for in a directory.";
    tryFiles = option (types.nullOr types.str) null "Files that are tried." // { example = "$uri =404"; };
    return = option (types.nullOr (types.oneOf [ types.str types.int ])) null "Answer at once." // { example = "301 http://example.net$request_uri"; };
    fastcgiParams = option (types.attrsOf (types.either types.str types.path)) { } "Parameters of a FastCGI server.";
    extraConfig = option types.lines "" "Further directives of the location.";
    priority = option types.int 1000 "Order among locations, the lower the earlier.";
  };
in
types.submodule ({ name, config, ... }: {
  options = auth // {
    serverName = option (types.nullOr types.str) name "Name of the host." // { defaultText = "its name in the set"; };
    serverAliases = option (types.listOf types.str) [ ] "Further names." // { example = [ "www.example.net" ]; };
    listen = option
      (types.listOf (types.submodule {
        options = {
          addr = mkOption { type = types.str; description = "Address."; };
          port = option (types.nullOr types.port) null "Port; null: 80, or 443 with SSL.";
          ssl = option types.bool false "Whether it speaks HTTPS.";
          proxyProtocol = option types.bool false "Whether it speaks the PROXY protocol.";
          extraParameters = option (types.listOf types.str) [ ] "Further words of the directive.";
        };
      }))
      [ ] "Addresses and ports; none: the usual ones." // { example = [{ addr = "0.0.0.0"; port = 8080; }]; };
    listenAddresses = option (types.listOf types.str) [ ] "Addresses, with the usual ports.";
    default = option types.bool false "Whether it answers requests for unknown hosts.";
    addSSL = option types.bool false "Whether it speaks HTTPS beside HTTP.";
    onlySSL = option types.bool false "Whether it speaks HTTPS only.";
    forceSSL = option types.bool false "Whether HTTP leads to HTTPS.";
    rejectSSL = option types.bool false "Whether it refuses HTTPS.";
    sslCertificate = option (types.nullOr types.path) null "File of the certificate." // { example = "/var/host.cert"; };
    sslCertificateKey = option (types.nullOr types.path) null "File of the certificate's key." // { example = "/var/host.key"; };
    sslTrustedCertificate = option (types.nullOr types.path) null "File of certificates that are trusted.";
    enableACME = option types.bool false "Whether it has a certificate of its own from `security.acme`.";
    useACMEHost = option (types.nullOr types.str) null "Certificate out of `security.acme.certs` that it uses." // { example = "example.net"; };
    acmeRoot = option (types.nullOr types.str) "/var/lib/acme/acme-challenge" "Directory with the answers to a CA's questions.";
    acmeFallbackHost = option (types.nullOr types.str) null "Host that is asked for answers that are not there.";
    http2 = option types.bool true "Whether it speaks HTTP/2 over HTTPS.";
    kTLS = lib.inert types.bool false "Encrypt in the kernel.";
    root = option (types.nullOr types.path) null "Directory that is served." // { example = "/srv/www"; };
    globalRedirect = option (types.nullOr types.str) null "Host to which everything is redirected." // { example = "new.example.net"; };
    redirectCode = option (types.ints.between 300 399) 301 "Code of redirections.";
    extraConfig = option types.lines "" "Further directives of the host.";
    locations = option (types.attrsOf (types.submodule location)) { } "Paths that are served in another way."
      // { example = { "/".proxyPass = "http://localhost:3000"; }; };
  };
})
