# Time, language, sudo, the journal, consoles: small settings of the whole system.
{ config, lib, pkgs, ... }:

let
  inherit (lib) idle mkOption option types;
  sudo = config.security.sudo;
  free = types.lazyAttrsOf types.anything;

  command = types.either types.str (types.submodule {
    options = {
      command = mkOption { type = types.either types.str types.package; description = "The command, or `ALL`."; };
      options = option (types.listOf (types.enum [ "NOPASSWD" "PASSWD" "NOEXEC" "EXEC" "SETENV" "NOSETENV" "LOG_INPUT" "NOLOG_INPUT" "LOG_OUTPUT" "NOLOG_OUTPUT" "MAIL" "NOMAIL" "FOLLOW" "NOFOLLOW" "INTERCEPT" "NOINTERCEPT" ])) [ ] "Tags of sudoers.";
    };
  });
  rule = types.submodule {
    options = {
      users = option (types.listOf (types.either types.str types.int)) [ ] "Users it is for.";
      groups = option (types.listOf (types.either types.str types.int)) [ ] "Groups it is for.";
      host = option types.str "ALL" "Hosts it holds on.";
      runAs = option types.str "ALL:ALL" "Whom they may be.";
      commands = option (types.listOf command) [ ] "What they may run.";
    };
  };
  oneCommand = c: if builtins.isString c then c else lib.concatMapStrings (o: "${o}: ") c.options + "${c.command}";
  number = prefix: who: if builtins.isInt who then "${prefix}#${toString who}" else "${prefix}${who}";
  ruleLines = r: lib.concatMapStrings
    (who: "${who} ${r.host}=(${r.runAs}) ${lib.concatMapStringsSep ", " oneCommand r.commands}\n")
    (map (number "") r.users ++ map (number "%") r.groups);
  nopasswd = lib.optionalString (!sudo.wheelNeedsPassword) "NOPASSWD:";
  journal = config.services.journald;
  getty = config.services.getty;
  logind = config.services.logind;
  onSerial = getty.autologinUser != null;
  onScreen = onSerial || config.virtualisation.graphics;
  cron = config.services.cron;
  clock = idle "Set the clock by the network; it follows the host's.";
in
{
  imports = map (name: lib.mkRenamedOptionModule [ "services" "mingetty" name ] [ "services" "getty" name ])
    [ "autologinUser" "greetingLine" "helpLine" ];

  options = {
    time.timeZone = option (types.nullOr types.str) null "Time zone of the machine; null: UTC." // { example = "Europe/Berlin"; };
    time.hardwareClockInLocalTime = lib.inert types.bool false "Keep the hardware clock in local time.";
    i18n.defaultLocale = lib.inert types.str "en_US.UTF-8" "Language of messages; programs speak English in UTF-8 (C.UTF-8).";
    i18n.extraLocaleSettings = lib.inert (types.attrsOf types.str) { } "Language of single categories.";
    i18n.supportedLocales = lib.inert (types.listOf types.str) [ ] "Languages to install.";
    console = lib.inert free { } "Key map and font of the console.";
    i18n.consoleFont = lib.inert types.str "" "The older name of `console.font`.";
    i18n.consoleKeyMap = lib.inert types.raw "us" "The older name of `console.keyMap`.";
    i18n.consoleColors = lib.inert (types.listOf types.str) [ ] "The older name of `console.colors`.";
    i18n.consolePackages = lib.inert (types.listOf types.raw) [ ] "The older name of `console.packages`.";
    i18n.consoleUseXkbConfig = lib.inert types.bool false "The older name of `console.useXkbConfig`.";
    documentation = lib.inert free { } "Which documentation to install.";
    nix = lib.inert
      (types.submodule {
        freeformType = free;
        # Others make files of them.
        options = {
          package = lib.internal types.raw (pkgs.nix or null);
          nixPath = lib.internal (types.listOf types.raw) [ ];
          registry = lib.internal free { };
          settings = lib.internal free { };
        };
      })
      { } "Settings of Nix, which the machine does not have." // { isTold = "by parts"; };

    security.sudo = {
      enable = option types.bool true "Whether sudo lets anybody do anything.";
      wheelNeedsPassword = option types.bool true "Whether members of `wheel` must give their password.";
      execWheelOnly = option types.bool false "Whether only root and members of `wheel` may run sudo at all.";
      extraRules = option (types.listOf rule) [ ] "Who may run what as whom."
        // { example = [{ users = [ "alice" ]; commands = [{ command = "ALL"; options = [ "NOPASSWD" ]; }]; }]; };
      defaultOptions = option (types.listOf types.str) [ "SETENV" ] "Tags of the rules for root and `wheel`.";
      extraConfig = option types.lines "" "Further lines of sudoers.";
    };

    services.journald = {
      extraConfig = option types.lines "" "Further lines of journald.conf." // { example = "SystemMaxUse=50M"; };
      storage = option (types.enum [ "persistent" "volatile" "auto" "none" ]) "persistent" "Where the journal is kept.";
      console = option types.str "" "Terminal that all messages go to.";
      rateLimitInterval = option types.str "30s" "Time for `rateLimitBurst`.";
      rateLimitBurst = option types.int 10000 "Messages a service may send within `rateLimitInterval`.";
    };
    services.getty = {
      autologinUser = option (types.nullOr types.str) null "User who is logged in on the console without being asked.";
      helpLine = option types.lines "" "What the console shows above its login prompt.";
      greetingLine = lib.inert types.str "" "Greeting of the console.";
    };
    services.cron = {
      enable = option types.bool (cron.systemCronJobs != [ ]) "Whether cron runs." // { defaultText = "whether there are jobs"; };
      systemCronJobs = option (types.listOf types.str) [ ] "Lines of the system's crontab, with a user." // { example = [ "* * * * * root date >> /tmp/dates" ]; };
      mailto = option (types.nullOr types.str) null "Who gets what jobs print.";
    };
    services.timesyncd = clock;
    services.chrony = clock;
    services.ntp = clock;
    services.openntpd = clock;
    services.resolved = idle "Resolve names with systemd-resolved.";
    services.logrotate = idle "Rotate log files.";
    services.qemuGuest.enable = lib.inert types.bool false "Run QEMU's guest agent.";
    services.nixosManual = idle "Show NixOS's manual.";
    services.haveged = idle "Gather randomness.";
    services.nscd = idle "Keep answers about users and hosts.";
    services.dbus = idle "Settings of D-Bus.";
    services.udev.extraRules = option types.lines "" "Rules of udev.";
    services.udev.packages = lib.inert (types.listOf types.package) [ ] "Packages with rules for hardware.";
    services.logind = mkOption {
      type = types.submodule {
        freeformType = free;
        options.extraConfig = option types.lines "" "Further lines of logind.conf.";
        options.settings.Login = option (types.attrsOf types.anything) { } "Settings of logind." // { example = { KillUserProcesses = true; }; };
      };
      default = { };
      description = "Settings of logind. Lids and power buttons, of which there are none, may be set and have no effect.";
    };
  };

  config = {
    nixlab.packages = [ "sudo" ] ++ lib.optional (config.time.timeZone != null) "tzdata" ++ lib.optional cron.enable "cron";
    environment.sessionVariables.LANG = lib.mkDefault "C.UTF-8";
    # What there is on a screen's consoles in NixOS: chvt, fgconsole.
    environment.systemPackages = lib.optional config.virtualisation.graphics pkgs.kbd;
    # Without a login nobody waits at the consoles, so their prompts do not start by themselves.
    nixlab.units = lib.optional onScreen "getty@tty1.service" ++ lib.optional onSerial "serial-getty@ttyS0.service";
    nixlab.files = lib.optionals onScreen [
      { path = "/etc/systemd/system/multi-user.target.wants/getty@tty1.service"; link = "/lib/systemd/system/getty@.service"; }
    ] ++ lib.optional config.virtualisation.graphics {
      # Keys switch to none of the other consoles before logind has made them, and it gives them their logins.
      path = "/etc/systemd/system/multi-user.target.wants/systemd-logind.service";
      link = "/lib/systemd/system/systemd-logind.service";
    } ++ lib.optionals onSerial [
      { path = "/etc/systemd/system/multi-user.target.wants/serial-getty@ttyS0.service"; link = "/lib/systemd/system/serial-getty@.service"; }
    ] ++ lib.optional (config.time.timeZone != null) { path = "/etc/localtime"; link = "/usr/share/zoneinfo/${config.time.timeZone}"; };

    environment.etc = {
      # systemd hands it to all services.
      "default/locale".text = "LANG=${config.environment.sessionVariables.LANG}\n";
      timezone = lib.mkIf (config.time.timeZone != null) { text = config.time.timeZone + "\n"; };
      sudoers = {
        mode = "0440";
        text = ''
          Defaults env_reset
          Defaults secure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
          Defaults env_keep+=SSH_AUTH_SOCK
        '' + lib.optionalString sudo.enable ''
          root ALL=(ALL:ALL) ${lib.concatMapStrings (o: "${o}: ") sudo.defaultOptions}ALL
          %wheel ALL=(ALL:ALL) ${nopasswd}${lib.concatMapStrings (o: "${o}: ") sudo.defaultOptions}ALL
        '' + lib.optionalString sudo.enable (lib.concatMapStrings ruleLines sudo.extraRules + sudo.extraConfig + "\n");
      };
      "systemd/journald.conf.d/nixlab.conf".text = ''
        [Journal]
        Storage=${journal.storage}
        RateLimitInterval=${journal.rateLimitInterval}
        RateLimitBurst=${toString journal.rateLimitBurst}
      '' + lib.optionalString (journal.console != "") "ForwardToConsole=yes\nTTYPath=${journal.console}\n"
      + journal.extraConfig;
      crontab = lib.mkIf cron.enable {
        text = "SHELL=/bin/bash\nPATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n"
          + lib.optionalString (cron.mailto != null) "MAILTO=\"${cron.mailto}\"\n"
          + lib.concatLines cron.systemCronJobs;
      };
      "systemd/logind.conf.d/nixlab.conf" = lib.mkIf (logind.extraConfig != "" || logind.settings.Login != { }) {
        text = "[Login]\n"
          + lib.concatStrings (lib.mapAttrsToList (name: value: "${name}=${if builtins.isBool value then lib.boolToYesNo value else toString value}\n") logind.settings.Login)
          + logind.extraConfig;
      };
      issue = lib.mkIf (getty.helpLine != "") { text = "\\S \\n \\l\n\n${getty.helpLine}\n\n"; };
      "udev/rules.d/99-local.rules" = lib.mkIf (config.services.udev.extraRules != "") { text = config.services.udev.extraRules; };
    };

    systemd.services = {
      # Before anybody can log in, or give commands.
      sudo-wheel = lib.mkIf (sudo.enable && sudo.execWheelOnly) {
        description = "sudo for wheel alone";
        wantedBy = [ "sysinit.target" ];
        before = [ "sysinit.target" "systemd-udevd.service" ];
        unitConfig.DefaultDependencies = false;
        serviceConfig = {
          Type = "oneshot";
          RemainAfterExit = true;
          # Whole at once: another group alone would take the setuid bit away for a while.
          ExecStart = [ "/usr/bin/install -g wheel -m 4510 /usr/bin/sudo /usr/bin/.sudo" "/bin/mv -f /usr/bin/.sudo /usr/bin/sudo" ];
        };
      };
      "serial-getty@" = lib.mkIf (getty.autologinUser != null) {
        overrideStrategy = "asDropin";
        serviceConfig.ExecStart = [ "" "-/sbin/agetty --autologin ${getty.autologinUser} --keep-baud 115200,57600,38400,9600 - $TERM" ];
      };
      # The console is named, as in NixOS: whoever looks for its process finds it.
      "getty@" = lib.mkIf onScreen {
        overrideStrategy = "asDropin";
        serviceConfig.ExecStart = [
          ""
          "-/sbin/agetty ${if onSerial then "--autologin ${getty.autologinUser}" else "-o '-p -- \\\\u'"} --noclear %I $TERM"
        ];
      };
      cron = lib.mkIf cron.enable {
        description = "Cron";
        wantedBy = [ "multi-user.target" ];
        serviceConfig.ExecStart = "/usr/sbin/cron -f";
      };
    };
  };
}
