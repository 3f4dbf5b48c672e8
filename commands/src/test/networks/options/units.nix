# Every option of every kind of unit. The common ones are the same for all kinds.
let
  common = kind: {
    enable = true;
    description = "Test ${kind}";
    documentation = [ "https://example.net/${kind}" ];
    requires = [ "req.target" ];
    wants = [ "want.target" ];
    upholds = [ "uphold.target" ];
    after = [ "req.target" ];
    before = [ "late.target" ];
    bindsTo = [ "bind.target" ];
    partOf = [ "part.target" ];
    conflicts = [ "never.target" ];
    requisite = [ "basic.target" ];
    onFailure = [ "failed.target" ];
    onSuccess = [ "succeeded.target" ];
    wantedBy = [ "wants-${kind}.target" ];
    requiredBy = [ "requires-${kind}.target" ];
    upheldBy = [ "upholds-${kind}.target" ];
    unitConfig.CollectMode = "inactive-or-failed";
    startLimitBurst = 7;
    startLimitIntervalSec = 77;
    restartTriggers = [ "trigger-${kind}" ];
    reloadTriggers = [ "reload-${kind}" ];
    overrideStrategy = "asDropinIfExists";
  };
  plain = { wantedBy = [ "multi-user.target" ]; };
in
{
  one = { config, pkgs, lib, ... }: {
    systemd.services.common = common "service" // { aliases = [ "other.service" ]; serviceConfig = { Type = "oneshot"; ExecStart = "/bin/true"; }; };
    systemd.timers.common = common "timer" // { aliases = [ "other.timer" ]; timerConfig = { OnCalendar = "2099-01-01"; Unit = "common.service"; }; };
    systemd.sockets.common = common "socket" // { aliases = [ "other.socket" ]; socketConfig = { ListenStream = "/run/common.sock"; Service = "common.service"; }; };
    systemd.paths.common = common "path" // { aliases = [ "other.path" ]; pathConfig = { PathExists = "/run/never"; Unit = "common.service"; }; };
    systemd.slices.common = common "slice" // { sliceConfig.MemoryMax = "64M"; };
    systemd.mounts = [
      (common "mount" // { what = "tmpfs"; where = "/mnt/common"; type = "tmpfs"; options = "size=4m"; mountConfig.DirectoryMode = "0750"; })
      { what = "tmpfs"; where = "/mnt/auto"; type = "tmpfs"; }
    ];
    systemd.automounts = [
      (common "automount" // { where = "/mnt/common"; automountConfig.DirectoryMode = "0700"; })
      (plain // { where = "/mnt/auto"; wantedBy = [ "multi-user.target" ]; })
    ];
    systemd.targets = lib.genAttrs (lib.concatMap (kind: [ "wants-${kind}" "requires-${kind}" "upholds-${kind}" ])
      [ "service" "timer" "socket" "target" "path" "slice" "mount" "automount" ]
    ++ [ "req" "want" "uphold" "late" "bind" "part" "never" "failed" "succeeded" ]) (_: { })
      // { common = common "target" // { aliases = [ "other.target" ]; }; };

    # Each kind once in action.
    systemd.services = {
      full = {
        wantedBy = [ "multi-user.target" ];
        path = [ (pkgs.writeShellScriptBin "own-tool" "echo own") ];
        enableDefaultPath = true;
        environment.WORD = "50% of it";
        scriptArgs = "first second";
        preStart = "echo pre >> /run/full.log";
        script = "echo \"script $1 $2 $WORD $EVERYWHERE $(own-tool)\" >> /run/full.log";
        postStart = "echo post >> /run/full.log";
        reload = "echo reload >> /run/full.log";
        preStop = "echo stop >> /run/full.log";
        postStop = "echo poststop >> /run/full.log";
        serviceConfig = { Type = "oneshot"; RemainAfterExit = true; };
        requisite = [ "basic.target" ];
        after = [ "basic.target" ];
        # No effect:
        restartIfChanged = false;
        reloadIfChanged = false;
        stopIfChanged = true;
        notSocketActivated = false;
        confinement.enable = false;
        enableStrictShellChecks = false;
      };
      timed = { startAt = "*:*:0/2"; serviceConfig.Type = "oneshot"; script = "touch /run/timed"; };
      masked = { enable = false; script = "true"; };
      # Adds to a unit that a package brings.
      systemd-tmpfiles-clean.serviceConfig.Nice = 11;
      "greeter@" = { serviceConfig = { ExecStart = "/bin/sh -c 'echo hello from %i'"; StandardOutput = "socket"; }; };
      watched = { serviceConfig.Type = "oneshot"; script = "touch /run/watched"; };
    };
    systemd.sockets.greeter = plain // { wantedBy = [ "sockets.target" ]; listenStreams = [ "127.0.0.1:7777" ]; socketConfig.Accept = true; };
    systemd.sockets.datagrams = { listenDatagrams = [ "127.0.0.1:7778" ]; socketConfig.Service = "watched.service"; wantedBy = [ "sockets.target" ]; };
    systemd.paths.watched = plain // { pathConfig.PathExists = "/run/go"; };
    users.users.tess = { isNormalUser = true; linger = true; };
    systemd.user = {
      services.greet = { script = "echo hi >$XDG_RUNTIME_DIR/greeted"; wantedBy = [ "default.target" ]; serviceConfig.Type = "oneshot"; };
      timers.greet = { wantedBy = [ "bunch.target" ]; timerConfig.OnActiveSec = "1h"; };
      sockets.greet = { wantedBy = [ "bunch.target" ]; listenStreams = [ "127.0.0.1:7779" ]; };
      paths.greet = { wantedBy = [ "bunch.target" ]; pathConfig.PathExists = "/run/never"; };
      targets.bunch.wantedBy = [ "default.target" ];
      extraConfig = "DefaultTimeoutStopSec=44s";
    };
    networking.resolvconf = { dnsExtensionMechanism = false; dnsSingleRequest = true; useLocalResolver = true; };
    environment.etc.addresses.text = "${config.networking.privateIPv4} ${config.networking.publicIPv4}";
    systemd.globalEnvironment.EVERYWHERE = "all";
    systemd.extraConfig = "DefaultTimeoutStopSec=33s";
    systemd.settings.Manager.DefaultLimitCORE = 4096;
    systemd.tmpfiles.rules = [ "d /var/lib/made 0750 root adm -" ];
    systemd.tmpfiles.settings."10-test"."/var/lib/configured".d = { mode = "0710"; user = "root"; group = "adm"; age = "-"; argument = ""; };
    systemd.tmpfiles.settings."10-test"."/var/lib/configured/note".f = { argument = "a-note"; };
  };
}
