# Certificates. No ACME server can be reached from a lab: a CA that its machines have in common signs them.
{ config, lib, pkgs, nodes, ... }:

let
  inherit (lib) inert mkOption option optionalString types;
  cfg = config.security.acme;
  user = if cfg.useRoot then "root" else "acme";
  # Debian's own configuration would make every certificate one of a CA.
  settings = "[req]\ndistinguished_name = names\n[names]\n";
  request = "openssl req -x509 -nodes";
  # Made once, by the host. Whoever is on a machine can read its key: it is worth nothing outside of labs.
  ca = pkgs.runCommand "nixlab-ca" { nativeBuildInputs = [ pkgs.openssl ]; } ''
    mkdir $out
    printf ${lib.escapeShellArg settings} > ca.cnf
    ${request} -config ca.cnf -newkey ec -pkeyopt ec_paramgen_curve:P-256 -days 3650 -subj "/CN=nixlab CA" \
        -addext basicConstraints=critical,CA:TRUE -addext keyUsage=keyCertSign,cRLSign -addext subjectKeyIdentifier=hash \
        -keyout $out/key.pem -out $out/cert.pem
  '';
  # By this name OpenSSL finds who is called so (openssl-rehash(1)).
  trusted = "/etc/ssl/certs/eccf1acd.0";
  key = c:
    let kinds = { ec256 = "ec -pkeyopt ec_paramgen_curve:P-256"; ec384 = "ec -pkeyopt ec_paramgen_curve:P-384"; };
    in "-newkey ${kinds.${c.keyType} or "rsa:${lib.removePrefix "rsa" c.keyType}"}";
  names = c: lib.unique ([ c.domain ] ++ c.extraDomainNames);

  # What `defaults` and a certificate have in common: type, default and what it is.
  shared = {
    email = [ (types.nullOr types.str) null "Address that the CA is told." ];
    group = [ types.str "acme" "Group that may read certificate and key." ];
    keyType = [ (types.enum [ "ec256" "ec384" "rsa2048" "rsa3072" "rsa4096" "rsa8192" ]) "ec256" "Kind of key." ];
    postRun = [ types.lines "" "Commands that root runs when there is a new certificate, in its directory." ];
    reloadServices = [ (types.listOf types.str) [ ] "Services that are reloaded then." ];
    renewInterval = [ types.str "daily" "How often it is looked whether a new one is due." ];
    validMinDays = [ types.int 30 "How many days before its end it is due." ];
    ocspMustStaple = [ types.bool false "Whether servers must prove that the certificate holds." ];
  };
  unused = {
    server = [ (types.nullOr types.str) "https://acme-v02.api.letsencrypt.org/directory" "The ACME server." ];
    webroot = [ (types.nullOr types.str) null "Directory for the answers to its questions." ];
    dnsProvider = [ (types.nullOr types.str) null "Who has the domain's name servers." ];
    dnsResolver = [ (types.nullOr types.str) null "Name server to ask." ];
    dnsPropagationCheck = [ types.bool true "Wait until name servers know the answer." ];
    environmentFile = [ (types.nullOr types.path) null "Environment with passwords of these." ];
    credentialFiles = [ (types.attrsOf types.path) { } "Files with passwords of these." ];
    enableDebugLogs = [ types.bool true "Log much." ];
    extraLegoFlags = [ (types.listOf types.str) [ ] "Arguments of NixOS's client." ];
    extraLegoRunFlags = [ (types.listOf types.str) [ ] "Arguments of its first run." ];
    extraLegoRenewFlags = [ (types.listOf types.str) [ ] "Arguments of its later runs." ];
  };
  declare = defaults: lib.mapAttrs (name: s: option (lib.elemAt s 0) (defaults name (lib.elemAt s 1)) (lib.elemAt s 2)) shared
    // lib.mapAttrs (name: s: inert (lib.elemAt s 0) (defaults name (lib.elemAt s 1)) (lib.elemAt s 2)) unused;

  certificate = types.submodule ({ name, config, ... }: {
    options = lib.mapAttrs (_: o: o // { defaultText = "as in defaults"; }) (declare (o: default: if config.inheritDefaults then cfg.defaults.${o} else default)) // {
      domain = option types.str name "Domain of the certificate." // { defaultText = "its name in the set"; };
      extraDomainNames = option (types.listOf types.str) [ ] "Further domains of it." // { example = [ "www.example.net" ]; };
      directory = mkOption { type = types.str; readOnly = true; default = "/var/lib/acme/${name}"; description = "Where certificate and key lie."; };
      inheritDefaults = option types.bool true "Whether `security.acme.defaults` holds for it.";
      listenHTTP = inert (types.nullOr types.str) null "Address for the CA's questions.";
      s3Bucket = inert (types.nullOr types.str) null "Bucket for the answers.";
    };
  });

  issue = name: c: ''
    umask 027
    ask=${lib.escapeShellArg "${c.keyType} ${lib.boolToString c.ocspMustStaple} ${toString (names c)}"}
    if [ "$(cat .request 2>/dev/null)" != "$ask" ] \
            || ! openssl x509 -checkend ${toString (c.validMinDays * 86400)} -noout -in cert.pem >/dev/null; then
        ${request} -config /etc/nixlab/acme.cnf ${key c} -days 90 -subj ${lib.escapeShellArg "/CN=${c.domain}"} \
            -CA ${ca}/cert.pem -CAkey ${ca}/key.pem \
            -addext basicConstraints=critical,CA:FALSE -addext keyUsage=digitalSignature,keyEncipherment \
            -addext extendedKeyUsage=serverAuth,clientAuth ${optionalString c.ocspMustStaple "-addext tlsfeature=status_request "}\
            -addext ${lib.escapeShellArg "subjectAltName=${lib.concatMapStringsSep "," (d: "DNS:${d}") (names c)}"} \
            -keyout key.new -out cert.new
        cp ${ca}/cert.pem chain.pem
        cat cert.new chain.pem > fullchain.pem
        cat key.new fullchain.pem > full.pem
        # Last, and at once: a key never lies beside another's certificate for long.
        mv key.new key.pem
        mv cert.new cert.pem
        echo "$ask" > .request
        touch renewed
    fi
    chgrp ${c.group} -- *.pem
    chmod 640 -- *.pem
  '';
  script = name: text: { path = "/etc/nixlab/scripts/acme-${name}"; mode = "0755"; text = "#!/bin/bash\nset -e\n${text}"; };
  live = name: c: ''
    cd ${c.directory}
    if [ -e renewed ]; then
        rm renewed
    ${c.postRun}
  '' + optionalString (c.reloadServices != [ ]) "    systemctl --no-block try-reload-or-restart ${lib.escapeShellArgs c.reloadServices}\n" + "fi\n";
in
{
  imports = map (name: lib.mkRenamedOptionModule [ "security" "acme" name ] [ "security" "acme" "defaults" name ])
    [ "email" "server" "renewInterval" "validMinDays" "enableDebugLogs" ];

  options.security.acme = {
    acceptTerms = option types.bool false "Whether the terms of the CA are accepted, as NixOS demands.";
    defaults = option (types.submodule { options = declare (_: default: default); }) { } "What holds for all certificates." // { example = { email = "admin@example.net"; }; };
    certs = option (types.attrsOf certificate) { } "The certificates, by name: `/var/lib/acme/NAME/fullchain.pem`, `key.pem`, `cert.pem` and `chain.pem`."
      // { example = { "www.example.net" = { webroot = "/var/lib/acme/acme-challenge"; }; }; };
    useRoot = option types.bool false "Whether root owns them.";
    preliminarySelfsigned = inert types.bool true "Make certificates that hold until the CA has answered.";
    maxConcurrentRenewals = inert types.int 5 "Most certificates to get at a time.";
  };

  config = lib.mkMerge [
    (lib.mkIf (lib.any (node: node.security.acme.certs != { }) (lib.attrValues nodes)) {
      nixlab.files = [{ path = trusted; link = "${ca}/cert.pem"; }];
    })
    (lib.mkIf (cfg.certs != { }) {
      nixlab.packages = [ "openssl" ];
      environment.etc."nixlab/acme.cnf".text = settings;
      users.users.acme = { home = "/var/lib/acme"; isSystemUser = true; group = "acme"; };
      users.groups.acme = { };
      systemd.tmpfiles.rules = [ "d /var/lib/acme 0755 ${user} acme" ]
        ++ lib.mapAttrsToList (name: c: "d ${c.directory} 0750 ${user} ${c.group}") cfg.certs;

      systemd.services = lib.mapAttrs'
        (name: c: {
          name = "acme-${name}";
          value = {
            description = "Certificate for ${name}";
            wantedBy = [ "multi-user.target" ];
            after = [ "network.target" ];
            script = issue name c;
            serviceConfig = {
              Type = "oneshot";
              User = user;
              Group = c.group;
              WorkingDirectory = c.directory;
              ExecStartPost = "+/etc/nixlab/scripts/acme-${name}-live";
              NoNewPrivileges = true;
              PrivateTmp = true;
              ProtectHome = true;
            };
          };
        })
        cfg.certs;
      nixlab.files = lib.mapAttrsToList (name: c: script "${name}-live" (live name c)) cfg.certs;
      systemd.timers = lib.mapAttrs'
        (name: c: {
          name = "acme-${name}";
          value = { description = "Renewal of the certificate for ${name}"; wantedBy = [ "timers.target" ]; timerConfig = { OnCalendar = c.renewInterval; Unit = "acme-${name}.service"; }; };
        })
        cfg.certs;
      systemd.targets = lib.mapAttrs'
        (name: _: {
          name = "acme-finished-${name}";
          value = { description = "Certificate for ${name} is there"; wantedBy = [ "default.target" ]; requires = [ "acme-${name}.service" ]; after = [ "acme-${name}.service" ]; };
        })
        cfg.certs;

      assertions = [
        { assertion = cfg.acceptTerms; message = "`security.acme.acceptTerms` must be true, as on NixOS, although nobody is asked"; }
        {
          assertion = cfg.defaults.email != null || lib.all (c: c.email != null) (lib.attrValues cfg.certs);
          message = "`security.acme.defaults.email` must be set, as on NixOS, although nobody is told";
        }
      ] ++ lib.mapAttrsToList
        (name: c: {
          assertion = lib.count (v: v != null) [ c.dnsProvider c.webroot c.listenHTTP c.s3Bucket ] == 1;
          message = "`security.acme.certs.\"${name}\"` needs one of `webroot`, `dnsProvider`, `listenHTTP` and `s3Bucket`, as on NixOS";
        })
        cfg.certs;
    })
  ];
}
