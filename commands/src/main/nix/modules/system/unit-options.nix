# The options that all units share, and what each kind adds.
{ lib }:

let
  inherit (lib) option types;
  value = types.oneOf [ types.bool types.int types.float types.str types.path types.package ];
  settings = types.attrsOf (types.nullOr (types.either value (types.listOf (types.nullOr value))));
  names = types.listOf types.str;
  noRestart = "Machines start anew after a build, nothing is restarted in between.";
in
rec {
  inherit settings;
  command = types.either types.str types.package;

  unit = { name, config, ... }: {
    options = {
      enable = option types.bool true "Whether the unit exists; false masks it.";
      description = option types.singleLineStr "" "What the unit is.";
      documentation = option names [ ] "URIs that document it.";
      requires = option names [ ] "Units started along with it, without which it fails.";
      wants = option names [ ] "Units started along with it.";
      upholds = option names [ ] "Units kept running as long as it is up.";
      after = option names [ ] "Units that must be up before it starts.";
      before = option names [ ] "Units that start only once it is up.";
      bindsTo = option names [ ] "Units with which it stops.";
      partOf = option names [ ] "Units with which it stops and restarts.";
      conflicts = option names [ ] "Units that cannot run beside it.";
      requisite = option names [ ] "Units that must be up already.";
      onFailure = option names [ ] "Units started when it fails.";
      onSuccess = option names [ ] "Units started when it ends well.";
      wantedBy = option names [ ] "Units that start it." // { example = [ "multi-user.target" ]; };
      requiredBy = option names [ ] "Units that start and need it.";
      upheldBy = option names [ ] "Units that keep it running.";
      unitConfig = option settings { } "Settings of section [Unit]." // { example = { RequiresMountsFor = "/data"; }; };
      startLimitBurst = option (types.nullOr types.int) null "How many starts are allowed within `startLimitIntervalSec`.";
      startLimitIntervalSec = option (types.nullOr types.int) null "The time, in seconds, to which `startLimitBurst` applies.";
      restartTriggers = option (types.listOf types.unspecified) [ ] "Values that are written into the unit. ${noRestart}";
      reloadTriggers = option (types.listOf types.unspecified) [ ] "Values that are written into the unit. ${noRestart}";
      overrideStrategy = option (types.enum [ "asDropinIfExists" "asDropin" ]) "asDropinIfExists"
        "Whether to add to a unit of a package (`asDropin`), or to replace it where this one says what to run.";
    };
  };

  # Slices and mounts have one name only.
  named.options.aliases = option names [ ] "Further names of the unit.";

  service = { name, config, ... }: {
    options = {
      serviceConfig = option settings { } "Settings of section [Service]." // { example = { Type = "oneshot"; }; };
      environment = option
        (types.attrsOf (types.nullOr (types.oneOf [ types.str types.path types.package types.int ])))
        { } "Environment variables of its processes.";
      path = option (types.listOf (types.oneOf [ types.package types.path types.str ])) [ ]
        "Packages whose programs its processes find before all others.";
      script = option types.lines "" "Shell commands that are the service; instead of `serviceConfig.ExecStart`.";
      scriptArgs = option types.str "" "Arguments of `script`.";
      preStart = option types.lines "" "Shell commands before the service starts.";
      postStart = option types.lines "" "Shell commands after the service has started.";
      reload = option types.lines "" "Shell commands that make the service read its configuration again.";
      preStop = option types.lines "" "Shell commands that stop the service.";
      postStop = option types.lines "" "Shell commands after the service has stopped.";
      startAt = option (types.coercedTo types.str lib.singleton names) [ ]
        "Times at which a timer starts the service, as systemd.time writes them." // { example = "hourly"; };
      enableDefaultPath = option types.bool true "Whether its processes also find the system's programs.";
      enableStrictShellChecks = lib.inert types.bool false "Check scripts with shellcheck.";
      restartIfChanged = lib.inert types.bool true "Restart when the unit changes.";
      reloadIfChanged = lib.inert types.bool false "Reload when the unit changes.";
      stopIfChanged = lib.inert types.bool true "Stop, then start when the unit changes.";
      notSocketActivated = lib.inert types.bool false "Restart without the socket.";
      confinement.enable = lib.inert types.bool false "A file system of its own for the service.";
    };
  };

  timer.options = {
    timerConfig = option settings { } "Settings of section [Timer]." // { example = { OnCalendar = "hourly"; }; };
  };
  socket.options = {
    socketConfig = option settings { } "Settings of section [Socket]." // { example = { ListenStream = 2222; }; };
    listenStreams = option names [ ] "Stream addresses to listen on.";
    listenDatagrams = option names [ ] "Datagram addresses to listen on.";
  };
  path.options = {
    pathConfig = option settings { } "Settings of section [Path]." // { example = { PathExists = "/tmp/go"; }; };
  };
  slice.options = {
    sliceConfig = option settings { } "Settings of section [Slice].";
  };
  mount.options = {
    what = lib.mkOption { type = types.str; description = "Device or source to mount."; };
    where = lib.mkOption { type = types.str; description = "Mount point."; };
    type = option types.str "" "Type of the file system.";
    options = option types.commas "" "Options of the mount.";
    mountConfig = option settings { } "Settings of section [Mount].";
  };
  automount.options = {
    where = lib.mkOption { type = types.str; description = "Mount point."; };
    automountConfig = option settings { } "Settings of section [Automount].";
  };
}
