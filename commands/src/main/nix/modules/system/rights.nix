# Who may do what: programs with rights of their own, doas, polkit and Kerberos.
{ config, lib, ... }:

let
  inherit (lib) mkOption option optional optionalString types;
  cfg = config.security;
  inherit (cfg) doas krb5 polkit;
  free = types.lazyAttrsOf types.anything;

  rule = types.submodule {
    options = {
      noPass = option types.bool false "Whether no password is asked for.";
      noLog = option types.bool false "Whether nothing of it is logged.";
      persist = option types.bool false "Whether the password is not asked for again for some time.";
      keepEnv = option types.bool false "Whether the environment stays.";
      setEnv = option (types.listOf types.str) [ ] "Variables that stay, are set (`NAME=VALUE`) or go (`-NAME`).";
      users = option (types.listOf (types.either types.str types.int)) [ ] "Users it is for.";
      groups = option (types.listOf (types.either types.str types.int)) [ ] "Groups it is for.";
      runAs = option (types.nullOr types.str) null "Whom they may be; null: anybody.";
      cmd = option (types.nullOr types.str) null "What they may run; null: anything.";
      args = option (types.nullOr (types.listOf types.str)) null "The arguments it must have.";
    };
  };
  ruleLines = r: lib.concatMapStrings
    (who: lib.concatStringsSep " " ([ "permit" ] ++ optional r.noPass "nopass" ++ optional r.noLog "nolog"
      ++ optional r.persist "persist" ++ optional r.keepEnv "keepenv"
      ++ optional (r.setEnv != [ ]) "setenv { ${lib.concatMapStringsSep " " quoted r.setEnv} }"
      ++ [ (quoted who) ] ++ optional (r.runAs != null) "as ${quoted r.runAs}"
      ++ optional (r.cmd != null) "cmd ${r.cmd}"
      ++ optional (r.args != null) "args ${lib.concatMapStringsSep " " quoted r.args}") + "\n")
    (map toString r.users ++ map (group: ":${toString group}") r.groups);
  quoted = builtins.toJSON;

  wrapper = types.submodule ({ name, ... }: {
    options = {
      enable = option types.bool true "Whether there is the program.";
      source = mkOption { type = types.path; description = "The program."; };
      program = option types.str name "Its name.";
      owner = mkOption { type = types.str; description = "Its owner."; };
      group = mkOption { type = types.str; description = "Its group."; };
      permissions = option types.str "u+rx,g+x,o+x" "Its mode, as chmod has it.";
      setuid = option types.bool false "Whether it runs as its owner.";
      setgid = option types.bool false "Whether it runs as its group.";
      capabilities = option types.str "" "Capabilities that it has, as setcap has them." // { example = "cap_net_raw+ep"; };
    };
  });
  wrappers = lib.filter (w: w.enable) (lib.attrValues cfg.wrappers);
  # Whole at once: others may want to run it meanwhile.
  wrap = w:
    let new = lib.escapeShellArg "/usr/bin/.${w.program}";
    in ''
      install -o ${lib.escapeShellArg w.owner} -g ${lib.escapeShellArg w.group} -m 000 ${lib.escapeShellArg (toString w.source)} ${new}
      ${optionalString (w.capabilities != "") "setcap ${lib.escapeShellArg w.capabilities} ${new}"}
      chmod ${w.permissions}${optionalString w.setuid ",u+s"}${optionalString w.setgid ",g+s"} ${new}
      mv -f ${new} ${lib.escapeShellArg "/usr/bin/${w.program}"}
    '';

  # Sections of krb5.conf; what is in braces there is a set.
  relation = indent: name: value:
    if builtins.isAttrs value then "${indent}${name} = {\n${lib.concatStrings (lib.mapAttrsToList (relation "${indent}  ") value)}${indent}}\n"
    else lib.concatMapStrings (one: "${indent}${name} = ${if builtins.isBool one then lib.boolToString one else toString one}\n") (lib.toList value);
  lines = word: values: lib.concatMapStrings (value: "${word} ${toString value}\n") (lib.toList values);
  krb5Text = lines "include" (krb5.settings.include or [ ]) + lines "includedir" (krb5.settings.includedir or [ ]) + lines "module" (krb5.settings.module or [ ])
    + lib.concatStrings (lib.mapAttrsToList
      (name: section: "[${name}]\n" + lib.concatStrings (lib.mapAttrsToList (relation "  ") section))
      (removeAttrs krb5.settings [ "include" "includedir" "module" ]));
in
{
  options.security = {
    doas = {
      enable = lib.mkEnableOption "doas, which runs commands as other users";
      wheelNeedsPassword = option types.bool true "Whether members of `wheel` must give their password.";
      extraRules = option (types.listOf rule) [ ] "Who may run what as whom, after those of `wheel`; the last that fits counts."
        // { example = [{ users = [ "alice" ]; noPass = true; }]; };
      extraConfig = option types.lines "" "Further lines of doas.conf.";
    };
    polkit = {
      enable = lib.mkEnableOption "polkit, which programs ask whether somebody may do something";
      adminIdentities = option (types.listOf types.str) [ "unix-group:wheel" ] "Whose password counts as an administrator's.";
      extraConfig = option types.lines "" "Rules of polkit, in JavaScript.";
      debug = lib.inert types.bool false "Have polkit say more.";
    };
    krb5 = {
      enable = lib.mkEnableOption "the programs and the configuration of Kerberos' users";
      package = lib.inert types.raw null "Kerberos, which is Debian's.";
      settings = option free { } "Sections of krb5.conf." // { example = { libdefaults.default_realm = "EXAMPLE.NET"; }; };
    };
    wrappers = option (types.attrsOf wrapper) { } "Programs that run with rights of their own."
      // { example = lib.literalExpression "{ tcpdump = { source = \"\${pkgs.tcpdump}/bin/tcpdump\"; owner = \"root\"; group = \"root\"; setuid = true; }; }"; };
    wrapperDir = lib.internal types.str "/run/wrappers/bin";
  };

  config = {
    systemd.services.security-wrappers = lib.mkIf (wrappers != [ ]) {
      description = "Programs with rights of their own";
      wantedBy = [ "sysinit.target" ];
      before = [ "sysinit.target" ];
      after = [ "local-fs.target" ];
      unitConfig.DefaultDependencies = false;
      serviceConfig = { Type = "oneshot"; RemainAfterExit = true; };
      script = lib.concatMapStrings wrap wrappers;
    };
    nixlab.packages = optional (lib.any (w: w.capabilities != "") wrappers) "libcap2-bin" ++ optional doas.enable "opendoas" ++ optional polkit.enable "polkitd" ++ optional krb5.enable "krb5-user";
    nixlab.units = optional polkit.enable "polkit.service";
    environment.etc = {
      "doas.conf" = lib.mkIf doas.enable {
        mode = "0400";
        text = "permit keepenv ${optionalString (!doas.wheelNeedsPassword) "nopass "}:wheel\n"
          + lib.concatMapStrings ruleLines doas.extraRules + doas.extraConfig + "\npermit nopass keepenv root\n";
      };
      "polkit-1/rules.d/10-nixlab.rules" = lib.mkIf polkit.enable {
        text = "polkit.addAdminRule(function(action, subject) {\n  return [${lib.concatMapStringsSep ", " quoted polkit.adminIdentities}];\n});\n"
          + polkit.extraConfig + "\n";
      };
      "krb5.conf" = lib.mkIf krb5.enable { text = krb5Text; };
    };
  };
}
