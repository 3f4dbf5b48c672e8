# The ssh client.
{ config, lib, ... }:

let
  inherit (lib) mkOption option types;
  cfg = config.programs.ssh;
  hosts = lib.attrValues cfg.knownHosts;
  key = h: if h.publicKey != null then h.publicKey else lib.fileContents h.publicKeyFile;
  list = key: values: lib.optionalString (values != null && values != [ ]) "${key} ${lib.concatStringsSep "," values}\n";
in
{
  options.programs.ssh = {
    extraConfig = option types.lines "" "Further lines of /etc/ssh/ssh_config; they go first." // { example = "Host *.example.net\n  User root"; };
    hostKeyAlgorithms = option (types.listOf types.str) [ ] "Kinds of keys of hosts that it takes." // { example = [ "ssh-ed25519" ]; };
    pubkeyAcceptedKeyTypes = option (types.listOf types.str) [ ] "Kinds of keys that it shows.";
    kexAlgorithms = option (types.nullOr (types.listOf types.str)) null "How it agrees on keys.";
    ciphers = option (types.nullOr (types.listOf types.str)) null "How it encrypts.";
    macs = option (types.nullOr (types.listOf types.str)) null "How it signs.";
    package = lib.inert types.raw null "The package of OpenSSH.";
    agentTimeout = lib.inert (types.nullOr types.str) null "How long ssh-agent keeps keys.";
    askPassword = lib.inert types.str "" "What asks for passwords on a screen.";
    enableAskPassword = lib.inert (types.nullOr types.bool) null "Ask for passwords on a screen.";
    startAgent = lib.inert types.bool false "Start ssh-agent at login.";
    forwardX11 = option (types.nullOr types.bool) false "Whether X11 connections are forwarded.";
    setXAuthLocation = lib.inert types.bool false "Set the place of xauth.";
    knownHosts = option
      (types.attrsOf (types.submodule ({ name, config, ... }: {
        options = {
          certAuthority = option types.bool false "Whether the key signs host keys.";
          hostNames = option (types.listOf types.str) ([ name ] ++ config.extraHostNames) "Names of the host." // { defaultText = "its name in the set, and extraHostNames"; };
          extraHostNames = option (types.listOf types.str) [ ] "Further names.";
          publicKey = option (types.nullOr types.str) null "Its public key.";
          publicKeyFile = option (types.nullOr types.path) null "File of the host that holds its public key.";
        };
      })))
      { } "Hosts whose keys are known to all users.";
  };

  config = {
    environment.etc."ssh/ssh_config".text = cfg.extraConfig + ''

      Host *
      GlobalKnownHostsFile /etc/ssh/ssh_known_hosts
    '' + lib.optionalString (cfg.forwardX11 != null) "ForwardX11 ${lib.boolToYesNo cfg.forwardX11}\n"
    + list "HostKeyAlgorithms" cfg.hostKeyAlgorithms + list "PubkeyAcceptedAlgorithms" cfg.pubkeyAcceptedKeyTypes
    + list "KexAlgorithms" cfg.kexAlgorithms + list "Ciphers" cfg.ciphers + list "MACs" cfg.macs
    + "SendEnv LANG LC_*\n";
    environment.etc."ssh/ssh_known_hosts" = lib.mkIf (hosts != [ ]) {
      text = lib.concatMapStrings
        (h: "${lib.optionalString h.certAuthority "@cert-authority "}${lib.concatStringsSep "," h.hostNames} ${key h}\n")
        hosts;
    };
    assertions = map
      (h: {
        assertion = (h.publicKey == null) != (h.publicKeyFile == null);
        message = "known host ${lib.head h.hostNames} needs either publicKey or publicKeyFile";
      })
      hosts;
  };
}
