# One machine: users, environment, shells, programs, sudo, kernel, time, virtual hardware.
{
  network.description = "system";

  defaults = { deployment.tags = [ "all" ]; };

  one = { config, lib, pkgs, ... }: {
    nixpkgs.hostPlatform = "x86_64-linux";
    nixpkgs.overlays = [ (final: prev: { greeting = prev.writeShellScriptBin "greeting" "echo overlaid"; }) ];
    deployment.hostname = "one.example.net";
    assertions = [{ assertion = config.networking.hostName == "one"; message = "is called one"; }];
    warnings = [ "this is a test" ];

    virtualisation = {
      memorySize = 768;
      cores = 2;
      diskSize = 2048;
      emptyDiskImages = [ 64 { size = 96; } ];
      qemu.options = [ "-device virtio-rng-pci,id=mine" ];
    };

    users.mutableUsers = false;
    users.defaultUserShell = "/bin/dash";
    users.motd = "Welcome to the test.";
    users.groups.crew = { name = "crew"; gid = 4242; members = [ "bob" ]; };
    users.users = {
      root.initialHashedPassword = "!";
      alice = {
        enable = true;
        name = "alice";
        isNormalUser = true;
        description = "Alice Example";
        uid = 1234;
        group = "crew";
        extraGroups = [ "wheel" ];
        password = "wonderland";
        shell = pkgs.zsh;
        home = "/srv/alice";
        homeMode = "750";
        createHome = true;
        openssh.authorizedKeys.keys = [ "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBQ0FwVmlaV3dXb2x2ZXNBbmRTaGVlcA alice@test" ];
        openssh.authorizedKeys.keyFiles = [ ./files/key.pub ];
        packages = [ pkgs.cowsay ];
        linger = true;
      };
      bob = { isNormalUser = true; initialPassword = "builder"; };
      carol = { isNormalUser = true; hashedPassword = "$6$salt$y1RAljtupMCj0ixJ/43ZrmGbleMklA/wqLomlVxpH/n9Ug9ejG9rJrRUDlZAp0IfNY.kfsAsht.DqMdQcJ4oq0"; };
      dave = { isNormalUser = true; hashedPasswordFile = ./files/hash; };
      erin = { isNormalUser = true; enable = false; };
      keeper = { isSystemUser = true; group = "crew"; useDefaultShell = true; };
    };
    services.openssh.enable = true;

    environment = {
      systemPackages = [
        # What a script makes: a program that names another, and a file.
        (pkgs.stdenvNoCC.mkDerivation {
          pname = "made";
          version = "1";
          src = ./files;
          nativeBuildInputs = [ pkgs.makeWrapper ];
          installPhase = "install -D -m 644 hello.txt $out/share/hello; makeWrapper ${pkgs.figlet}/bin/figlet $out/bin/made --set MADE yes --add-flags -v";
        })
        pkgs.tree
        pkgs.greeting pkgs.farewell (pkgs.writeShellScriptBin "hi" "echo hi from ${pkgs.figlet}") ];
      defaultPackages = [ pkgs.bc ];
      enableAllTerminfo = true;
      etc = {
        "app/text".text = "some text\n";
        "app/made".source = pkgs.runCommand "made.txt" { nativeBuildInputs = [ pkgs.jq ]; greeting = "a b"; } "jq -n --arg g \"$greeting\" '[$g]' -c > $out";
        copied = { target = "app/source"; source = ./files/hello.txt; mode = "0640"; user = "alice"; group = "crew"; };
        linked = { target = "app/link"; source = "/etc/hostname"; };
        numbered = { target = "app/numbered"; text = "n"; mode = "0600"; uid = 1234; gid = 4242; };
        gone = { enable = false; text = "x"; };
        directory = { target = "app/dir"; source = ./files; };
        paths.text = "${pkgs.jq}/bin/jq ${pkgs.writeText "note" "a note"}";
      };
      variables.COLOUR = "blue";
      sessionVariables.SHAPE = [ "round" "flat" ];
      shellAliases.hey = "echo hey-alias";
      shellInit = "export FROM_SHELL_INIT=1";
      loginShellInit = "export FROM_LOGIN=1";
      interactiveShellInit = "export FROM_INTERACTIVE=1";
      extraInit = "export FROM_EXTRA=1";
      shells = [ pkgs.fish "/opt/shell" ];
      homeBinInPath = true;
      localBinInPath = true;
    };

    programs = {
      bash = {
        enable = true;
        shellAliases.yo = "echo yo-alias";
        shellInit = "BASH_INIT=1";
        loginShellInit = "export BASH_LOGIN=1";
        interactiveShellInit = "BASH_INTERACTIVE=1";
        promptInit = "PS1='test-prompt> '";
        completion.enable = true;
      };
      zsh = {
        enable = true;
        shellAliases.zo = "echo zo-alias";
        shellInit = "export ZSH_INIT=1";
        loginShellInit = "export ZSH_LOGIN=1";
        interactiveShellInit = "ZSH_INTERACTIVE=1";
        promptInit = "PS1='zsh-prompt> '";
        enableCompletion = true;
        autosuggestions.enable = true;
        syntaxHighlighting.enable = true;
        histSize = 4321;
      };
      fish = {
        enable = true;
        shellAliases.fo = "echo fo-alias";
        shellAbbrs.gs = "git status";
        shellInit = "set -gx FISH_INIT 1";
        loginShellInit = "set -gx FISH_LOGIN 1";
        interactiveShellInit = "set -gx FISH_INTERACTIVE 1";
        promptInit = "function fish_prompt; echo 'fish-prompt> '; end";
      };
      vim.enable = true;
      vim.defaultEditor = true;
      neovim.enable = true;
      neovim.defaultEditor = false;
      nano.enable = true;
      nano.nanorc = "set tabsize 3";
      nano.syntaxHighlight = false;
      less.enable = true;
      less.envVariables.LESS = "-R -x3";
      less.lessopen = "|/usr/bin/lesspipe %s";
      tmux = { enable = true; extraConfig = "set -g status-left mine"; clock24 = true; baseIndex = 1; keyMode = "vi"; historyLimit = 777; terminal = "screen-256color"; };
      git = { enable = true; lfs.enable = true; config.init.defaultBranch = "trunk"; };
      htop = { enable = true; settings.tree_view = true; };
      ssh = {
        extraConfig = "Host friend\n  Port 2222";
        forwardX11 = true;
        knownHosts.friend = {
          hostNames = [ "friend" "10.9.9.9" ];
          publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBQ0FwVmlaV3dXb2x2ZXNBbmRTaGVlcA";
          certAuthority = true;
        };
        knownHosts.filed = { extraHostNames = [ "filed.example.net" ]; publicKeyFile = ./files/key.pub; };
      };
      direnv.enable = true;
      fzf.enable = true;
      iftop.enable = true;
      iotop.enable = true;
      liboping.enable = true;
      mosh.enable = true;
      mtr.enable = true;
      screen.enable = true;
      tcpdump.enable = true;
      traceroute.enable = true;
      wireshark.enable = true;
    };

    boot = {
      kernel.sysctl = { "net.core.somaxconn" = 1234; "kernel.sysrq" = false; };
      kernelModules = [ "loop" ];
      blacklistedKernelModules = [ "pcspkr" ];
      extraModprobeConfig = "options loop max_loop=3";
      consoleLogLevel = 3;
      tmp.cleanOnBoot = true;
      tmp.useTmpfs = true;
      tmp.tmpfsSize = "20%";
    };

    time.timeZone = "Europe/Berlin";

    security.sudo = {
      enable = true;
      wheelNeedsPassword = false;
      defaultOptions = [ "SETENV" ];
      extraRules = [
        { users = [ "bob" ]; groups = [ "crew" ]; host = "ALL"; runAs = "ALL:ALL"; commands = [ { command = "/usr/bin/id"; options = [ "NOPASSWD" ]; } ]; }
        { users = [ "carol" ]; commands = [ "/usr/bin/whoami" ]; }
      ];
      extraConfig = "Defaults:bob lecture=never";
    };

    services.journald = { storage = "volatile"; rateLimitBurst = 5000; rateLimitInterval = "10s"; console = "/dev/tty12"; extraConfig = "MaxLevelStore=info"; };
    services.getty = { autologinUser = "alice"; helpLine = "Helpful line"; };
    services.cron = { enable = true; systemCronJobs = [ "* * * * * root touch /run/cron-ran" ]; mailto = "alice"; };
    services.udev.extraRules = "SUBSYSTEM==\"block\", KERNEL==\"vdb\", SYMLINK+=\"my-disk\"";

    fileSystems = {
      "/mnt/scratch" = { enable = true; mountPoint = "/mnt/scratch"; device = "/dev/vdb"; fsType = "ext4"; options = [ "noatime" ]; autoFormat = true; noCheck = true; depends = [ "/mnt" ]; };
      "/mnt/memory" = { device = "tmpfs"; fsType = "tmpfs"; options = [ "size=8m" ]; };
    };
    swapDevices = [{ device = "/dev/vdc"; priority = 7; options = [ "nofail" ]; } { label = "spare"; options = [ "noauto" ]; }];
    zramSwap = { enable = true; swapDevices = 2; memoryPercent = 25; memoryMax = 67108864; priority = 9; algorithm = "lz4"; writebackDevice = null; };

    security.protectKernelImage = true;
    security.unprivilegedUsernsClone = false;
    security.allowUserNamespaces = false;
    services.logind = { lidSwitch = "ignore"; settings.Login.KillUserProcesses = true; extraConfig = "InhibitDelayMaxSec=7"; };
    boot.postBootCommands = "tail -n 1 /run/activated >/run/booted";
    programs.fuse.userAllowOther = true;
    programs.autojump.enable = true;
    programs.bat.enable = true;
    programs.zoxide.enable = true;
    programs.java.enable = true;
    programs.neovim = { viAlias = true; vimAlias = false; };
    programs.ssh = {
      hostKeyAlgorithms = [ "ssh-ed25519" ];
      pubkeyAcceptedKeyTypes = [ "ssh-ed25519" ];
      kexAlgorithms = [ "curve25519-sha256" ];
      ciphers = [ "aes256-ctr" ];
      macs = [ "hmac-sha2-512" ];
    };
    security.dhparams = { enable = true; path = "/srv/dh"; params = { web = { }; mail.path = "/srv/dh/post.pem"; }; };
    nixpkgs.config.packageOverrides = pkgs: { farewell = pkgs.writeShellScriptBin "farewell" "echo overridden"; };

    security.pki.certificateFiles = [ ./files/tls.crt ];
    security.pki.certificates = [ (builtins.readFile ./files/authority.crt) ];
    security.pam.loginLimits = [
      { domain = "alice"; type = "hard"; item = "nofile"; value = 5000; }
      { domain = "@crew"; type = "-"; item = "nproc"; value = "4000"; }
    ];
    system.activationScripts = {
      a-last = lib.stringAfter [ "users" "first" ] "echo last >>/run/activated";
      first = "echo first >/run/activated";
      middle = { deps = [ "first" ]; text = "chown alice /run/activated"; supportsDryActivation = true; };
    };

    # The rest has no effect, and is accepted.
    boot.kernelParams = [ "quiet" "nixlab.test='a b'" ];
    boot.loader.grub.enable = false;
    boot.initrd.availableKernelModules = [ "virtio" ];
    boot.supportedFilesystems = [ "nfs" ];
    boot.extraModulePackages = [ ];
    boot.kernelPackages = null;
    console.keyMap = "de";
    documentation.enable = false;
    hardware.enableAllFirmware = false;
    powerManagement.enable = false;
    i18n.defaultLocale = "de_DE.UTF-8";
    i18n.extraLocaleSettings.LC_TIME = "de_DE.UTF-8";
    i18n.supportedLocales = [ "all" ];
    nix.settings.sandbox = true;
    nixpkgs.config.allowUnfree = true;
    programs.command-not-found.enable = false;
    programs.dconf.enable = false;
    programs.gnupg.agent.enable = false;
    programs.nix-ld.enable = false;
    programs.bash.blesh.enable = false;
    programs.zsh.ohMyZsh.enable = false;
    programs.ssh.startAgent = false;
    programs.ssh.setXAuthLocation = false;
    services.chrony.enable = false;
    services.logrotate.enable = true;
    services.qemuGuest.enable = false;
    services.resolved.enable = false;
    services.timesyncd.enable = false;
    services.getty.greetingLine = "";
    system.stateVersion = "23.05";
    systemd.enableEmergencyMode = false;
    time.hardwareClockInLocalTime = false;
    users.allowNoPasswordLogin = true;
    users.users.alice.autoSubUidGidRange = false;
    users.users.alice.ignoreShellProgramCheck = true;
    environment.pathsToLink = [ "/share" ];
    environment.profileRelativeEnvVars = { };
    virtualisation.qemu.guestAgent.enable = false;
    virtualisation.writableStore = true;
    virtualisation.writableStoreUseTmpfs = true;
    virtualisation.useNixStoreImage = false;
    virtualisation.mountHostNixStore = true;
    virtualisation.useHostCerts = false;
    virtualisation.useBootLoader = false;
    virtualisation.useEFIBoot = false;
    security.pki.useCompatibleBundle = false;
    virtualisation.additionalPaths = [ (pkgs.writeText "kept-also" "also kept") ];
    system.extraDependencies = [ (pkgs.writeText "kept" "kept") ];
    system.name = "first";
    environment.etc."system-name".text = config.system.name;
    fileSystems."/mnt/memory".neededForBoot = false;
  };
}
