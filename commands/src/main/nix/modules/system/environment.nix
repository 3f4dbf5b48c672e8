# Programs, files below /etc, and the environment of shells.
{ config, lib, pkgs, ... }:

let
  inherit (lib) mkOption option types;
  cfg = config.environment;

  # Lists become colon-separated paths, as in NixOS.
  value = v: if builtins.isList v then lib.concatStringsSep ":" (map toString v) else toString v;
  variables = types.lazyAttrsOf (types.nullOr (types.oneOf [ types.str types.int types.path (types.listOf (types.oneOf [ types.str types.int types.path ])) ]));
  exports = set: lib.concatStrings (lib.mapAttrsToList
    (name: v: lib.optionalString (v != null) "export ${name}=\"${lib.replaceStrings [ "\\" "\"" "`" ] [ "\\\\" "\\\"" "\\`" ] (value v)}\"\n") set);
in
{
  options.environment = {
    systemPackages = option (types.listOf types.package) [ ] "Packages whose programs every user finds on the path."
      // { example = lib.literalExpression "[ pkgs.lynx pkgs.jq ]"; };
    etc = option
      (types.attrsNamedBy "target" (types.submodule ({ name, config, ... }: {
        options = {
          enable = option types.bool true "Whether to make the file.";
          target = option types.str name "Its path below /etc.";
          text = option (types.nullOr types.lines) null "What it holds.";
          source = option (types.nullOr types.path) null "The file or directory to take: of the host at evaluation, or an absolute path in the machine to link to.";
          mode = option types.str "symlink" "Its mode in octal. `symlink` makes it read-only for all (0644 here)." // { example = "0600"; };
          user = option types.str (if config.uid < 0 then "root" else "+${toString config.uid}") "Its owner." // { defaultText = "root"; };
          group = option types.str (if config.gid < 0 then "root" else "+${toString config.gid}") "Its group." // { defaultText = "root"; };
          uid = option types.int (-1) "The number of its owner, instead of `user`.";
          gid = option types.int (-1) "The number of its group, instead of `group`.";
        };
      })))
      { }
      "Files below /etc."
    // { example = lib.literalExpression ''{ "motd".text = "Welcome."; }''; };
    variables = option variables { } "Variables that login shells and their children have." // { example = { EDITOR = "vim"; }; };
    sessionVariables = option variables { } "Variables that every session has, also without a login shell.";
    profileRelativeEnvVars = lib.inert (types.attrsOf (types.listOf types.str)) { } "Variables with paths relative to Nix profiles.";
    shellAliases = option (types.attrsOf (types.nullOr types.str)) { ls = "ls --color=tty"; ll = "ls -l"; l = "ls -alh"; }
      "Aliases of interactive shells." // { defaultText = "ls, ll, l"; };
    shellInit = option types.lines "" "Commands that every login shell runs.";
    loginShellInit = option types.lines "" "Commands that login shells run.";
    interactiveShellInit = option types.lines "" "Commands that interactive shells run.";
    extraInit = option types.lines "" "Commands that login shells run after the variables are set.";
    shells = option (types.listOf (types.either types.package types.path)) [ ] "Further programs that may be login shells (/etc/shells).";
    defaultPackages = option (types.listOf types.package) [ ] "Packages that are installed unless this list is emptied."
      // { defaultText = "none; nano, rsync, strace and others belong to the base system"; };
    homeBinInPath = option types.bool false "Whether ~/bin is on the path.";
    localBinInPath = option types.bool false "Whether ~/.local/bin is on the path.";
    enableDebugInfo = lib.inert types.bool false "Keep what debuggers want.";
    extraOutputsToInstall = lib.inert (types.listOf types.str) [ ] "Further outputs of packages.";
    pathsToLink = lib.inert (types.listOf types.str) [ ] "Directories of packages to link into the system.";
    enableAllTerminfo = option types.bool false "Whether to install all terminal descriptions.";
  };

  config = {
    environment.sessionVariables = {
      EDITOR = lib.mkDefault "nano";
      PAGER = lib.mkDefault "less -R";
    };
    # Whoever says a variable otherwise means it.
    environment.variables = lib.mapAttrs (_: lib.mkOverride 1200) cfg.sessionVariables;
    environment.systemPackages = cfg.defaultPackages;
    # Where NixOS has the programs of the system; scripts name these paths.
    systemd.tmpfiles.rules = [ "L+ /run/current-system - - - - /etc/nixlab/current-system" "L+ /run/wrappers - - - - /usr" ];
    nixlab.files = [{ path = "/etc/nixlab/current-system/sw"; link = "/usr"; }];
    nixlab.packages = lib.optional cfg.enableAllTerminfo "ncurses-term";

    environment.etc = lib.mkMerge [
      {
        # NixOS keeps no programs from anybody's path.
        "profile.d/nixlab.sh".text = "export __NIXOS_SET_ENVIRONMENT_DONE=1\n"
          + "case \":$PATH:\" in *:/usr/sbin:*) ;; *) export PATH=\"$PATH:/usr/local/sbin:/usr/sbin:/sbin\" ;; esac\n"
          + exports cfg.variables
          + lib.concatMapStrings (p: lib.optionalString (p.isSearched or false) "export PATH=\"$PATH:${p}/bin\"\n") cfg.systemPackages
          + lib.optionalString cfg.homeBinInPath "export PATH=\"$HOME/bin:$PATH\"\n"
          + lib.optionalString cfg.localBinInPath "export PATH=\"$HOME/.local/bin:$PATH\"\n"
          + lib.concatMapStrings (s: lib.optionalString (s != "") "${s}\n") [ cfg.extraInit cfg.shellInit cfg.loginShellInit ];
        "environment".text = ''
          PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        '' + lib.concatStrings (lib.mapAttrsToList
          (name: v: lib.optionalString (v != null) "${name}=\"${value v}\"\n") cfg.sessionVariables);
      }
      (lib.mkIf (cfg.shells != [ ]) {
        "shells".text = lib.concatLines ([ "/bin/sh" "/bin/bash" "/usr/bin/bash" "/bin/rbash" "/bin/dash" ]
          ++ map (s: s.shellPath or (toString s)) cfg.shells);
      })
    ];
  };
}
