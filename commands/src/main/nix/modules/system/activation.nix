# Commands that every boot runs before all services. Where NixOS puts the system together by its own such commands, the
# layers of a Debian guest have done so already: those are here by name, for others to come after.
{ config, lib, ... }:

let
  inherit (lib) mkOption option types;
  scripts = config.system.activationScripts;
  commands = config.boot.postBootCommands;
  isUsed = scripts != { } || commands != "";
  own = [ "binsh" "domain" "etc" "groups" "hostname" "modprobe" "nix" "specialfs" "stdio" "tmpfs" "udevd" "users" "usrbinenv" "var" "wrappers" ];

  script = types.either types.str (types.submodule {
    options = {
      deps = option (types.listOf types.str) [ ] "Scripts that come before it. Those of NixOS itself, such as `users` and `etc`, are done already.";
      text = mkOption { type = types.lines; description = "Its commands."; };
      supportsDryActivation = lib.inert types.bool false "Run it also to see what it would do.";
    };
  });
  entry = s: if builtins.isString s then lib.noDepEntry s else s;
  ofUsers = lib.mapAttrs (_: s: let e = entry s; in e // { text = "(\n${e.text}\n) || true\n"; }) config.system.userActivationScripts;
  known = lib.genAttrs own (_: lib.noDepEntry "") // lib.mapAttrs (_: entry) scripts;
  lacking = lib.concatLists (lib.mapAttrsToList (name: s: map (dep: { inherit name dep; }) (lib.filter (dep: !(known ? ${dep})) s.deps)) known);

  snippet = name: s: lib.optionalString (s.text != "") ''
    # ${name}
    nixlab_before=$nixlab_failures
    ${s.text}
    [ "$nixlab_failures" = "$nixlab_before" ] || echo "activation script '${name}' failed"
  '';
in
{
  options.boot.postBootCommands = option types.lines "" "Shell commands that every boot runs when those of `system.activationScripts` are done.";
  options.system.activationScripts = option (types.attrsOf script) { } "Commands that every boot runs before all services, by name."
    // { example = lib.literalExpression ''{ shop = lib.stringAfter [ "users" ] "mkdir -p /srv/shop"; }''; };

  options.system.userActivationScripts = option (types.attrsOf script) { } "Commands that every user's manager runs when it starts, by name."
    // { example = lib.literalExpression ''{ notes.text = "mkdir -p ~/notes"; }''; };

  config = {
    systemd.user.services.nixos-activation = lib.mkIf (ofUsers != { }) {
      description = "Activation scripts of users";
      wantedBy = [ "default.target" ];
      script = lib.concatStrings (lib.textClosureList ofUsers (lib.attrNames ofUsers));
      serviceConfig.Type = "oneshot";
    };
    systemd.services.activation-scripts = lib.mkIf isUsed {
      description = "Activation scripts";
      wantedBy = [ "sysinit.target" ];
      after = [ "local-fs.target" ];
      before = [ "sysinit.target" ];
      unitConfig.DefaultDependencies = false;
      environment.systemConfig = "/etc/nixlab/current-system";
      serviceConfig = {
        Type = "oneshot";
        RemainAfterExit = true;
        ExecStart = "/bin/bash /etc/nixlab/activate";
      };
    };
    # Not a script of systemd's service: one command that fails does not keep the others from running.
    environment.etc."nixlab/activate" = lib.mkIf isUsed {
      mode = "0755";
      text = ''
        #!/bin/bash
        umask 022
        nixlab_failures=0
        trap 'nixlab_failures=$((nixlab_failures + 1))' ERR
      '' + lib.concatStrings (lib.textClosureList (lib.mapAttrs (name: s: s // { text = snippet name s; }) known) (lib.attrNames known))
      + lib.optionalString (commands != "") "${commands}\n"
      + "[ $nixlab_failures = 0 ]\n";
    };
    assertions = map
      (l: { assertion = false; message = "activation script `${l.name}` comes after `${l.dep}`, which there is not"; })
      lacking;
  };
}
