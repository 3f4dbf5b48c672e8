# The certificate authorities that programs trust, beside Debian's.
# What is trusted is put together anew at every boot: an authority that the configuration no longer names is gone.
{ config, lib, pkgs, ... }:

let
  inherit (lib) option types;
  cfg = config.security.pki;
  files = map (file: "${file}") cfg.certificateFiles
    ++ lib.imap1 (number: text: "${pkgs.writeText "certificate-${toString number}.crt" (text + "\n")}") cfg.certificates;
  made = "/run/nixlab/certificates";
in
{
  options.security.pki = {
    certificateFiles = option (types.listOf types.path) [ ] "Files with certificates of authorities to trust, in PEM format."
      // { example = lib.literalExpression "[ ./ca.crt ]"; };
    certificates = option (types.listOf types.str) [ ] "Certificates of authorities to trust, in PEM format.";
    useCompatibleBundle = lib.inert types.bool false "Leave out what only OpenSSL understands.";
  };

  config = {
    # The names that the bundle has on other systems.
    nixlab.files = map (path: { inherit path; link = "/etc/ssl/certs/ca-certificates.crt"; })
      [ "/etc/ssl/certs/ca-bundle.crt" "/etc/pki/tls/certs/ca-bundle.crt" ];
    environment.etc = lib.mkIf (files != [ ]) {
      "ssl/certs/ca-certificates.crt".source = "${made}/all.crt";
      # OpenSSL looks here beside its directory, where certificates have names that only it can work out.
      "ssl/cert.pem".source = "${made}/own.crt";
    };
    systemd.services.certificates = lib.mkIf (files != [ ]) {
      description = "Trusted certificates";
      wantedBy = [ "sysinit.target" ];
      before = [ "sysinit.target" ];
      unitConfig.DefaultDependencies = false;
      serviceConfig.Type = "oneshot";
      serviceConfig.RemainAfterExit = true;
      script = ''
        mkdir -p ${made}
        for file in ${lib.escapeShellArgs files}; do
          cat "$file"
          echo
        done >${made}/own.crt
        cat /usr/share/ca-certificates/*/*.crt ${made}/own.crt >${made}/all.crt
      '';
    };
  };
}
