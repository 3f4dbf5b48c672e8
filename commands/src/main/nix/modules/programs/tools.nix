# Programs that are switched on with one option, and the settings of a few.
{ config, lib, pkgs, ... }:

let
  inherit (lib) option types;
  cfg = config.programs;

  # Name in the options, and Debian's packages for it.
  plain = {
    htop = [ "htop" ];
    iftop = [ "iftop" ];
    iotop = [ "iotop" ];
    mosh = [ "mosh" ];
    mtr = [ "mtr-tiny" ];
    neovim = [ "neovim" ];
    screen = [ "screen" ];
    tcpdump = [ "tcpdump" ];
    traceroute = [ "traceroute" ];
    wireshark = [ "tshark" ];
    fzf = [ "fzf" ];
    autojump = [ "autojump" ];
    bat = [ "bat" ];
    direnv = [ "direnv" ];
    zoxide = [ "zoxide" ];
    liboping = [ "oping" ];
    dublin-traceroute = [ "dublin-traceroute" ];
  };
  wanted = lib.filterAttrs (name: _: cfg.${name}.enable) plain;
  settings = lib.concatStrings (lib.mapAttrsToList
    (k: v: "${k}=${if builtins.isBool v then (if v then "1" else "0") else if builtins.isList v then toString v else toString v}\n")
    cfg.htop.settings);
  jailed = name: it: pkgs.writeShellScriptBin name "exec /usr/bin/firejail ${lib.concatStringsSep " "
    (lib.optional (it.profile != null) "--profile=${it.profile}" ++ it.extraArgs)} -- ${it.executable} \"$@\"";
in
{
  options.programs = lib.mapAttrs (name: packages: { enable = lib.mkEnableOption name; }
    // lib.optionalAttrs (name == "direnv") (lib.mapAttrs (_: lib.idle) { nix-direnv = "What Nix adds to it."; settings = "Its settings."; }
    // { silent = lib.inert types.bool false "Say nothing."; loadInNixShell = lib.inert types.bool true "Work in shells of Nix."; }))
    (removeAttrs plain [ "htop" "neovim" "fzf" "wireshark" ])
  // {
    htop.enable = lib.mkEnableOption "htop";
    htop.settings = option (types.attrsOf (types.oneOf [ types.str types.int types.bool (types.listOf (types.either types.str types.int)) ])) { }
      "Settings of htoprc." // { example = { tree_view = true; }; };
    neovim.enable = lib.mkEnableOption "neovim";
    neovim.viAlias = option types.bool false "Whether `vi` is it, too.";
    neovim.vimAlias = option types.bool false "Whether `vim` is it, too.";
    neovim.configure = lib.inert types.raw { } "Its settings and plugins.";
    neovim.runtime = lib.inert types.raw { } "Files that it reads at its start.";
    neovim.withPython3 = lib.inert types.bool true "Plugins in Python.";
    neovim.withNodeJs = lib.inert types.bool false "Plugins in JavaScript.";
    neovim.withRuby = lib.inert types.bool true "Plugins in Ruby.";
    java.enable = lib.mkEnableOption "Java";
    java.package = lib.inert (types.nullOr types.package) (pkgs.jdk or null) "The package of Java." // { defaultText = "pkgs.jdk"; };
    starship = lib.idle "A prompt.";
    neovim.defaultEditor = option types.bool false "Whether it is the editor that programs start.";
    fzf.enable = option types.bool false "Whether fzf is installed.";
    vim.enable = lib.mkEnableOption "vim";
    vim.defaultEditor = option types.bool false "Whether it is the editor that programs start.";
    nano.enable = option types.bool true "Whether nano's settings are written.";
    nano.nanorc = option types.lines "" "Lines of nanorc." // { example = "set tabsize 4"; };
    nano.syntaxHighlight = option types.bool true "Whether nano colours what it shows.";
    less.enable = option types.bool true "Whether less is the pager.";
    less.lessopen = option (types.nullOr types.str) null "Program through which less shows a file.";
    less.envVariables = option (types.attrsOf types.str) { } "Variables for less." // { example = { LESS = "-R"; }; };
    tmux.enable = lib.mkEnableOption "tmux";
    tmux.extraConfig = option types.lines "" "Lines of tmux.conf.";
    tmux.clock24 = option types.bool false "Whether its clock counts to 24.";
    tmux.baseIndex = option types.int 0 "Number of its first window.";
    tmux.keyMode = option (types.enum [ "emacs" "vi" ]) "emacs" "Whose keys it has.";
    tmux.historyLimit = option types.ints.positive 2000 "Lines it remembers.";
    tmux.terminal = option types.str "screen" "Terminal it is to programs.";
    firejail.enable = lib.mkEnableOption "firejail";
    firejail.wrappedBinaries = option
      (types.attrsOf (types.coercedTo types.path (executable: { inherit executable; }) (types.submodule {
        options = {
          executable = lib.mkOption { type = types.path; description = "The program."; };
          desktop = lib.inert (types.nullOr types.path) null "Its entry in menus.";
          profile = option (types.nullOr types.path) null "What the program may do.";
          extraArgs = option (types.listOf types.str) [ ] "Further arguments of firejail.";
        };
      })))
      { } "Programs that are run by firejail, by the names they get." // { example = lib.literalExpression "{ links = \"\${pkgs.links2}/bin/links\"; }"; };
    git.enable = lib.mkEnableOption "git";
    git.package = lib.inert (types.nullOr types.package) (pkgs.git or null) "The package of git." // { defaultText = "pkgs.git"; };
    git.lfs.enable = option types.bool false "Whether large files are kept apart (git-lfs).";
    wireshark.enable = lib.mkEnableOption "wireshark";
    wireshark.package = lib.inert (types.nullOr types.package) (pkgs.wireshark or null) "The package of Wireshark." // { defaultText = "pkgs.wireshark"; };
    git.config = option (types.attrsOf (types.attrsOf types.anything)) { } "Sections of the system's gitconfig."
      // { example = { init.defaultBranch = "main"; }; };
    command-not-found.enable = lib.inert types.bool false "Suggest packages for unknown commands.";
    nix-ld = lib.idle "Run programs made for other systems; Debian runs them.";
    gnupg.agent = lib.idle "Start GnuPG's agent at login.";
    fuse.userAllowOther = option types.bool false "Whether users may show others what they mount.";
  };

  config = {
      nixlab.packages = lib.concatLists (lib.attrValues wanted)
        ++ lib.optional cfg.vim.enable "vim"
        ++ lib.optional cfg.java.enable "default-jdk-headless"
        ++ lib.optional cfg.tmux.enable "tmux"
        ++ lib.optional cfg.firejail.enable "firejail"
        ++ lib.optional cfg.git.enable "git" ++ lib.optional (cfg.git.enable && cfg.git.lfs.enable) "git-lfs";
      environment.systemPackages = lib.optionals cfg.firejail.enable (lib.mapAttrsToList jailed cfg.firejail.wrappedBinaries);
      # Before what Debian's alternatives choose.
      nixlab.files = lib.optionals cfg.neovim.enable (map (name: { path = "/usr/local/bin/${name}"; link = "/usr/bin/nvim"; })
        (lib.optional cfg.neovim.viAlias "vi" ++ lib.optional cfg.neovim.vimAlias "vim"));
      environment.variables = lib.optionalAttrs cfg.java.enable { JAVA_HOME = "/usr/lib/jvm/default-java"; } // cfg.less.envVariables
        // lib.optionalAttrs (cfg.less.lessopen != null) { LESSOPEN = cfg.less.lessopen; };
      environment.sessionVariables = lib.mkMerge [
        (lib.mkIf (cfg.vim.enable && cfg.vim.defaultEditor) { EDITOR = "vim"; })
        (lib.mkIf (cfg.neovim.enable && cfg.neovim.defaultEditor) { EDITOR = "nvim"; })
      ];
      environment.etc = {
        nanorc = lib.mkIf cfg.nano.enable {
          text = lib.optionalString cfg.nano.syntaxHighlight "include \"/usr/share/nano/*.nanorc\"\n" + cfg.nano.nanorc + "\n";
        };
        "tmux.conf" = lib.mkIf cfg.tmux.enable {
          text = ''
            set -g default-terminal "${cfg.tmux.terminal}"
            set -g base-index ${toString cfg.tmux.baseIndex}
            setw -g pane-base-index ${toString cfg.tmux.baseIndex}
            set -g history-limit ${toString cfg.tmux.historyLimit}
            set -g status-keys ${cfg.tmux.keyMode}
            set -g mode-keys ${cfg.tmux.keyMode}
            setw -g clock-mode-style ${if cfg.tmux.clock24 then "24" else "12"}
          '' + cfg.tmux.extraConfig + "\n";
        };
        gitconfig = lib.mkIf (cfg.git.enable && cfg.git.config != { }) { text = lib.generators.toGitINI cfg.git.config; };
        "fuse.conf" = lib.mkIf cfg.fuse.userAllowOther { text = "user_allow_other\n"; };
        htoprc = lib.mkIf (cfg.htop.enable && cfg.htop.settings != { }) { text = settings; };
      };
      users.groups = lib.mkIf cfg.wireshark.enable { wireshark = { }; };
  };
}
