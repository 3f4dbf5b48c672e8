# The ssh server, as Debian's openssh-server with a configuration of ours.
{ config, lib, pkgs, ... }:

let
  inherit (lib) mkOption option types;
  cfg = config.services.openssh;
  value = v: if builtins.isBool v then lib.boolToYesNo v else if builtins.isList v then lib.concatStringsSep "," v else toString v;
  setting = types.nullOr (types.oneOf [ types.bool types.int types.str types.path (types.listOf types.str) ]);
  words = default: description: option (types.nullOr (types.listOf types.str)) default description;
  flag = default: description: option (types.nullOr types.bool) default description;
  renamed = from: to: lib.mkRenamedOptionModule [ "services" "openssh" from ] [ "services" "openssh" "settings" to ];
  spaced = [ "AllowUsers" "DenyUsers" "AllowGroups" "DenyGroups" ];
  line = name: v: lib.optionalString (v != null)
    "${name} ${if lib.elem name spaced && builtins.isList v then lib.concatStringsSep " " v else value v}\n";
  keyed = lib.filter (u: u.enable && (u.openssh.authorizedKeys.keys != [ ] || u.openssh.authorizedKeys.keyFiles != [ ]))
    (lib.attrValues config.users.users);
in
{
  imports = [
    (renamed "passwordAuthentication" "PasswordAuthentication")
    (renamed "kbdInteractiveAuthentication" "KbdInteractiveAuthentication")
    (renamed "challengeResponseAuthentication" "KbdInteractiveAuthentication")
    (renamed "permitRootLogin" "PermitRootLogin")
    (renamed "gatewayPorts" "GatewayPorts")
    (renamed "forwardX11" "X11Forwarding")
    (renamed "useDns" "UseDns")
    (renamed "logLevel" "LogLevel")
    (renamed "ciphers" "Ciphers")
    (renamed "macs" "Macs")
    (renamed "kexAlgorithms" "KexAlgorithms")
    (lib.mkRenamedOptionModule [ "services" "sshd" "enable" ] [ "services" "openssh" "enable" ])
    (lib.mkRenamedOptionModule [ "services" "openssh" "knownHosts" ] [ "programs" "ssh" "knownHosts" ])
  ];

  options.services.openssh = {
    enable = lib.mkEnableOption "the ssh server";
    ports = option (types.listOf types.port) [ 22 ] "Ports it listens on.";
    openFirewall = option types.bool true "Whether the firewall lets its ports in.";
    listenAddresses = option
      (types.listOf (types.submodule {
        options = {
          addr = option (types.nullOr types.str) null "Address.";
          port = option (types.nullOr types.port) null "Port; null: `ports`.";
        };
      }))
      [ ] "Addresses it listens on; none: all.";
    startWhenNeeded = lib.inert types.bool false "Start a server for every connection.";
    allowSFTP = option types.bool true "Whether files can be transferred with sftp.";
    sftpFlags = option (types.listOf types.str) [ ] "Arguments of the sftp server.";
    banner = option (types.nullOr types.lines) null "What clients see before they log in.";
    hostKeys = option
      (types.listOf types.attrs)
      [{ type = "ed25519"; path = "/etc/ssh/ssh_host_ed25519_key"; }]
      "Host keys, made at first start: type, path and (for rsa) bits.";
    authorizedKeysFiles = option (types.listOf types.str) [ ] "Further files of public keys that may log in.";
    authorizedKeysInHomedir = option types.bool true "Whether ~/.ssh/authorized_keys counts.";
    authorizedKeysCommand = option types.str "none" "Program that prints public keys for a user.";
    authorizedKeysCommandUser = option types.str "nobody" "User that runs it.";
    extraConfig = option types.lines "" "Further lines of sshd_config, such as Match blocks.";
    package = lib.inert (types.nullOr types.package) pkgs.openssh "The server's package." // { defaultText = "pkgs.openssh"; };
    settings = option
      (types.submodule {
        freeformType = types.lazyAttrsOf setting;
        options = {
          PasswordAuthentication = flag true "Whether users may log in with a password.";
          KbdInteractiveAuthentication = flag true "Whether users may log in by questions and answers.";
          PermitRootLogin = option (types.nullOr (types.enum [ "yes" "without-password" "prohibit-password" "forced-commands-only" "no" ]))
            "prohibit-password" "Whether and how root may log in.";
          X11Forwarding = flag false "Whether X11 connections are forwarded.";
          GatewayPorts = option (types.nullOr types.str) "no" "Whether other hosts may use forwarded ports.";
          UsePAM = flag true "Whether PAM is asked.";
          UseDns = flag false "Whether client names are looked up.";
          StrictModes = flag true "Whether modes of users' files are checked.";
          LogLevel = option (types.nullOr (types.enum [ "QUIET" "FATAL" "ERROR" "INFO" "VERBOSE" "DEBUG" "DEBUG1" "DEBUG2" "DEBUG3" ])) "INFO" "How much it logs.";
          AllowUsers = words null "The only users that may log in.";
          DenyUsers = words null "Users that may not log in.";
          AllowGroups = words null "The only groups that may log in.";
          DenyGroups = words null "Groups that may not log in.";
          Ciphers = words null "Ciphers, best first." // { defaultText = "Debian's"; };
          Macs = words null "Message authentication codes, best first." // { defaultText = "Debian's"; };
          KexAlgorithms = words null "Key exchanges, best first." // { defaultText = "Debian's"; };
        };
      })
      { } "Settings of sshd_config, by their names there." // { example = { PermitRootLogin = "no"; }; };
  };

  config = lib.mkIf cfg.enable {
    networking.firewall.allowedTCPPorts = lib.mkIf cfg.openFirewall cfg.ports;
    environment.etc = {
      "ssh/sshd_config".text =
        lib.concatMapStrings (p: "Port ${toString p}\n") cfg.ports
        + lib.concatMapStrings
          (l: "ListenAddress ${if l.port == null then l.addr else "${if lib.hasInfix ":" l.addr then "[${l.addr}]" else l.addr}:${toString l.port}"}\n")
          cfg.listenAddresses
        + lib.concatMapStrings (k: "HostKey ${k.path}\n") cfg.hostKeys
        + "AuthorizedKeysFile ${lib.concatStringsSep " " (lib.optional cfg.authorizedKeysInHomedir "%h/.ssh/authorized_keys" ++ [ "/etc/ssh/authorized_keys.d/%u" ] ++ cfg.authorizedKeysFiles)}\n"
        + lib.optionalString (cfg.authorizedKeysCommand != "none")
          "AuthorizedKeysCommand ${cfg.authorizedKeysCommand}\nAuthorizedKeysCommandUser ${cfg.authorizedKeysCommandUser}\n"
        + lib.optionalString (cfg.banner != null) "Banner /etc/ssh/banner\n"
        + "PrintMotd no\nAddressFamily ${if config.networking.enableIPv6 then "any" else "inet"}\n"
        + lib.optionalString cfg.allowSFTP "Subsystem sftp internal-sftp ${lib.concatStringsSep " " cfg.sftpFlags}\n"
        + lib.concatStrings (lib.mapAttrsToList line cfg.settings)
        + cfg.extraConfig;
      "ssh/banner" = lib.mkIf (cfg.banner != null) { text = cfg.banner; };
    } // lib.listToAttrs (map
      (u: {
        name = "ssh/authorized_keys.d/${u.name}";
        value.text = lib.concatLines (u.openssh.authorizedKeys.keys
          ++ map (f: lib.removeSuffix "\n" (builtins.readFile f)) u.openssh.authorizedKeys.keyFiles);
      })
      keyed);

    systemd.services.sshd-keygen = {
      description = "SSH host keys";
      wantedBy = [ "sshd.service" ];
      before = [ "sshd.service" ];
      unitConfig.ConditionPathExists = map (k: "|!${k.path}") cfg.hostKeys;
      serviceConfig = {
        Type = "oneshot";
        # One program, no shell around it: a start costs tens of milliseconds in an emulated machine.
        ExecStart = map
          (k: "${lib.optionalString (lib.length cfg.hostKeys > 1) "-"}/usr/bin/ssh-keygen -q -t ${k.type} ${lib.optionalString (k ? bits) "-b ${toString k.bits} "}-C \"\" -N \"\" -f ${k.path}")
          cfg.hostKeys;
      };
    };
    systemd.services.sshd = {
      description = "SSH server";
      aliases = [ "ssh.service" ];
      wantedBy = [ "multi-user.target" ];
      after = [ "network.target" "sshd-keygen.service" ];
      serviceConfig = {
        Type = "notify";
        ExecStart = "/usr/sbin/sshd -D -f /etc/ssh/sshd_config";
        ExecReload = "/bin/kill -HUP $MAINPID";
        KillMode = "process";
        Restart = "always";
        RuntimeDirectory = "sshd";
        RuntimeDirectoryMode = "0755";
      };
    };
    nixlab.packages = [ "openssh-server" ];
  };
}
