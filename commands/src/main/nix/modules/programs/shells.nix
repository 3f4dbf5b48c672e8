# Shells and their start-up files.
{ config, lib, pkgs, ... }:

let
  inherit (lib) option types;
  cfg = config.programs;
  aliases = set: lib.concatStrings (lib.mapAttrsToList
    (name: v: lib.optionalString (v != null) "alias -- ${lib.escapeShellArg name}=${lib.escapeShellArg v}\n") set);
  plainAliases = set: lib.concatStrings (lib.mapAttrsToList
    (name: v: lib.optionalString (v != null) "alias ${lib.escapeShellArg name}=${lib.escapeShellArg v}\n") set);
  aliasType = types.attrsOf (types.nullOr types.str);
  shell = {
    shellAliases = option aliasType { } "Its aliases, beside `environment.shellAliases`.";
    shellInit = option types.lines "" "Commands at every start.";
    loginShellInit = option types.lines "" "Commands at login.";
    interactiveShellInit = option types.lines "" "Commands at an interactive start.";
    promptInit = option types.lines "" "Commands that make the prompt.";
  };
  common = config.environment.shellAliases;
in
{
  options.programs = {
    bash = shell // {
      enable = option types.bool true "Whether bash has the start-up files of this configuration.";
      promptInit = option types.lines ''
        if [ "$TERM" != dumb ]; then PS1='[\u@\h:\w]\$ '; fi
      '' "Commands that make the prompt." // { defaultText = "[user@host:directory]$"; };
      completion.enable = option types.bool false "Whether TAB completes arguments of commands.";
      blesh.enable = lib.inert types.bool false "A line editor for bash.";
    };
    zsh = shell // {
      enable = lib.mkEnableOption "zsh";
      enableCompletion = option types.bool true "Whether TAB completes arguments of commands.";
      autosuggestions.enable = option types.bool false "Whether earlier commands are suggested while typing.";
      syntaxHighlighting.enable = option types.bool false "Whether the command line is coloured.";
      histSize = option types.int 2000 "Lines of history in memory.";
      ohMyZsh = lib.idle "A collection of themes.";
    };
    fish = shell // {
      enable = lib.mkEnableOption "fish";
      shellAbbrs = option aliasType { } "Words that are written out while typing.";
    };
  };
  imports = [
    (lib.mkRenamedOptionModule [ "programs" "bash" "enableCompletion" ] [ "programs" "bash" "completion" "enable" ])
    (lib.mkRenamedOptionModule [ "programs" "zsh" "enableAutosuggestions" ] [ "programs" "zsh" "autosuggestions" "enable" ])
    (lib.mkRenamedOptionModule [ "programs" "zsh" "enableSyntaxHighlighting" ] [ "programs" "zsh" "syntaxHighlighting" "enable" ])
    (lib.mkRenamedOptionModule [ "programs" "zsh" "syntax-highlighting" "enable" ] [ "programs" "zsh" "syntaxHighlighting" "enable" ])
  ];

  config = {
    nixlab.packages = lib.optional cfg.bash.completion.enable "bash-completion"
      ++ lib.optional cfg.zsh.enable "zsh"
      ++ lib.optional (cfg.zsh.enable && cfg.zsh.autosuggestions.enable) "zsh-autosuggestions"
      ++ lib.optional (cfg.zsh.enable && cfg.zsh.syntaxHighlighting.enable) "zsh-syntax-highlighting"
      ++ lib.optional cfg.fish.enable "fish";

    environment.etc = {
      "bash.bashrc" = lib.mkIf cfg.bash.enable {
        text = ''
          # Non-login shells get the variables as well.
          if [ -z "$__NIXOS_SET_ENVIRONMENT_DONE" ] && [ -r /etc/profile.d/nixlab.sh ]; then . /etc/profile.d/nixlab.sh; fi
          case $- in *i*) ;; *) return ;; esac
          shopt -s checkwinsize
        '' + cfg.bash.promptInit + "\n"
        + aliases (common // cfg.bash.shellAliases)
        + lib.optionalString cfg.bash.completion.enable "[ -r /usr/share/bash-completion/bash_completion ] && . /usr/share/bash-completion/bash_completion\n"
        + lib.concatMapStrings (s: lib.optionalString (s != "") "${s}\n") [ cfg.bash.shellInit config.environment.interactiveShellInit cfg.bash.interactiveShellInit ];
      };
      "profile.d/nixlab-bash.sh" = lib.mkIf (cfg.bash.enable && cfg.bash.loginShellInit != "") {
        text = "if [ -n \"$BASH_VERSION\" ]; then\n${cfg.bash.loginShellInit}\nfi\n";
      };
      "zsh/zshenv" = lib.mkIf cfg.zsh.enable {
        text = "if [ -z \"$__NIXOS_SET_ENVIRONMENT_DONE\" ] && [ -r /etc/profile.d/nixlab.sh ]; then . /etc/profile.d/nixlab.sh; fi\n" + cfg.zsh.shellInit + "\n";
      };
      "zsh/zprofile" = lib.mkIf cfg.zsh.enable { text = "emulate sh -c '. /etc/profile'\n" + cfg.zsh.loginShellInit + "\n"; };
      "zsh/zshrc" = lib.mkIf cfg.zsh.enable {
        text = "HISTSIZE=${toString cfg.zsh.histSize}\nSAVEHIST=${toString cfg.zsh.histSize}\nHISTFILE=$HOME/.zsh_history\n"
          + lib.optionalString cfg.zsh.enableCompletion "autoload -U compinit && compinit\n"
          + (if cfg.zsh.promptInit != "" then cfg.zsh.promptInit + "\n" else "PS1='[%n@%m:%~]%# '\n")
          + aliases (common // cfg.zsh.shellAliases)
          + lib.concatMapStrings (s: lib.optionalString (s != "") "${s}\n") [ config.environment.interactiveShellInit cfg.zsh.interactiveShellInit ]
          + lib.optionalString cfg.zsh.autosuggestions.enable "source /usr/share/zsh-autosuggestions/zsh-autosuggestions.zsh\n"
          + lib.optionalString cfg.zsh.syntaxHighlighting.enable "source /usr/share/zsh-syntax-highlighting/zsh-syntax-highlighting.zsh\n";
      };
      "fish/conf.d/nixlab.fish" = lib.mkIf cfg.fish.enable {
        text = lib.concatStrings (lib.mapAttrsToList
          (name: v: lib.optionalString (v != null) "set -gx ${name} ${lib.escapeShellArg (toString v)}\n")
          config.environment.variables)
        + cfg.fish.shellInit + "\n"
        + "if status is-login\n${cfg.fish.loginShellInit}\nend\n"
        + "if status is-interactive\n"
        + plainAliases (common // cfg.fish.shellAliases)
        + lib.concatStrings (lib.mapAttrsToList (name: v: "abbr -ag ${name} ${lib.escapeShellArg v}\n") cfg.fish.shellAbbrs)
        + cfg.fish.promptInit + "\n" + cfg.fish.interactiveShellInit + "\nend\n";
      };
    };
  };
}
