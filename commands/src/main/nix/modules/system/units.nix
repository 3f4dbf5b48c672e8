# systemd: services, timers, sockets, targets, paths, mounts, and its own settings.
{ config, lib, pkgs, ... }:

let
  inherit (lib) option types;
  inherit (import ./unit-text.nix { inherit lib; }) environment section sections;
  kinds = import ./unit-options.nix { inherit lib; };
  cfg = config.systemd;

  unitsOf = what: more: option (types.attrsOf (types.submodule ([ kinds.unit ] ++ more))) { } what;
  present = v: v != [ ] && v != null && v != "";

  # Section [Unit]: what the user wrote there wins over what follows from other options.
  unitSection = u: lib.filterAttrs (_: present) {
    Description = u.description;
    Documentation = lib.concatStringsSep " " u.documentation;
    Requires = lib.concatStringsSep " " u.requires;
    Wants = lib.concatStringsSep " " u.wants;
    Upholds = lib.concatStringsSep " " u.upholds;
    After = lib.concatStringsSep " " u.after;
    Before = lib.concatStringsSep " " u.before;
    BindsTo = lib.concatStringsSep " " u.bindsTo;
    PartOf = lib.concatStringsSep " " u.partOf;
    Conflicts = lib.concatStringsSep " " u.conflicts;
    Requisite = lib.concatStringsSep " " u.requisite;
    OnFailure = lib.concatStringsSep " " u.onFailure;
    OnSuccess = lib.concatStringsSep " " u.onSuccess;
    StartLimitBurst = u.startLimitBurst;
    StartLimitIntervalSec = u.startLimitIntervalSec;
    X-Restart-Triggers = map triggerText u.restartTriggers;
    X-Reload-Triggers = map triggerText u.reloadTriggers;
  } // u.unitConfig;
  triggerText = t: if builtins.isString t then t else if lib.isStringLike t then "${t}" else builtins.toJSON t;

  scriptFile = name: step: text: {
    path = scriptPath name step;
    mode = "0755";
    text = "#!/bin/bash\nset -e\n${text}\n";
  };
  # A program's name has no backslash in a command line of systemd; those of units may.
  scriptPath = name: step: "/etc/nixlab/scripts/${lib.replaceStrings [ "\\" ] [ "_" ] name}-${step}";
  run = name: step: text: lib.optional (text != "") (scriptPath name step);
  commands = key: before: own: after:
    let all = before ++ (if own ? ${key} then lib.toList own.${key} else [ ]) ++ after;
    in lib.optionalAttrs (all != [ ]) { ${key} = all; };

  serviceBody = name: s:
    let
      own = s.serviceConfig;
      start = lib.optional (s.script != "") "${scriptPath name "start"}${lib.optionalString (s.scriptArgs != "") " ${s.scriptArgs}"}";
      search = lib.concatMapStringsSep ":" (p: "${p}/bin:${p}/sbin") s.path
        + lib.optionalString (s.path != [ ] && s.enableDefaultPath) ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
      vars = cfg.globalEnvironment // s.environment // lib.optionalAttrs (s.path != [ ] && !(s.environment ? PATH)) { PATH = search; };
    in
    section "Service" (own
      // commands "ExecStartPre" (run name "pre-start" s.preStart) own [ ]
      // commands "ExecStart" start own [ ]
      // commands "ExecStartPost" [ ] own (run name "post-start" s.postStart)
      // commands "ExecReload" (run name "reload" s.reload) own [ ]
      // commands "ExecStop" (run name "pre-stop" s.preStop) own [ ]
      // commands "ExecStopPost" [ ] own (run name "post-stop" s.postStop))
    + lib.optionalString (vars != { } && own == { } && start == [ ]) "[Service]\n"
    + environment vars;

  serviceScripts = name: s: lib.concatMap
    (step: lib.optional (step.text != "") (scriptFile name step.name step.text))
    [
      { name = "pre-start"; text = s.preStart; }
      { name = "start"; text = s.script; }
      { name = "post-start"; text = s.postStart; }
      { name = "reload"; text = s.reload; }
      { name = "pre-stop"; text = s.preStop; }
      { name = "post-stop"; text = s.postStop; }
    ];

  # A service that does not say what to run adds to a unit that is there already.
  isDropin = kind: u: u.overrideStrategy == "asDropin"
    || kind == "service" && u.script == "" && !(u.serviceConfig ? ExecStart) && !(u.serviceConfig ? ExecStop)
    && (u.serviceConfig.Type or "simple") != "oneshot";

  links = root: full: u:
    map (t: { path = "${root}/${t}.wants/${full}"; link = "../${full}"; }) u.wantedBy
    ++ map (t: { path = "${root}/${t}.requires/${full}"; link = "../${full}"; }) u.requiredBy
    # Directories named .upholds are younger than Debian's systemd.
    ++ map (t: { path = "${root}/${t}.d/upholds-${full}.conf"; text = "[Unit]\nUpholds=${full}\n"; }) u.upheldBy
    ++ map (a: { path = "${root}/${a}"; link = full; }) (u.aliases or [ ]);

  render = renderBelow "/etc/systemd/system";
  renderBelow = root: kind: body: extra: units: lib.concatLists (lib.mapAttrsToList
    (name: u:
      let
        full = "${name}.${kind}";
        # An empty file would mask the unit.
        text = "[Unit]\n" + lib.removePrefix "[Unit]\n" (section "Unit" (unitSection u)) + body name u;
        where = if isDropin kind u then "${root}/${full}.d/overrides.conf" else "${root}/${full}";
      in
      if !u.enable then [{ path = "${root}/${full}"; link = "/dev/null"; }]
      else [{ path = where; inherit text; }] ++ extra name u ++ links root full u)
    units);
  none = _: _: [ ];
  pathName = u: lib.escapeSystemdPath u.where;
  byMountPoint = list: lib.listToAttrs (map (u: { name = pathName u; value = u; }) list);

  timersOf = services: lib.mapAttrs
    (name: s: {
      wantedBy = [ "timers.target" ];
      timerConfig.OnCalendar = s.startAt;
    })
    (lib.filterAttrs (_: s: s.enable && s.startAt != [ ]) services);

  timers = cfg.timers;
  files =
    render "service" (name: s: "\n" + serviceBody name s) serviceScripts cfg.services
    ++ render "timer" (_: u: "\n" + section "Timer" u.timerConfig) none timers
    ++ render "socket"
      (_: u: "\n" + section "Socket" (u.socketConfig
        // commands "ListenStream" (map toString u.listenStreams) u.socketConfig [ ]
        // commands "ListenDatagram" (map toString u.listenDatagrams) u.socketConfig [ ]))
      none
      cfg.sockets
    ++ render "target" (_: _: "") none cfg.targets
    ++ render "path" (_: u: "\n" + section "Path" u.pathConfig) none cfg.paths
    ++ render "slice" (_: u: "\n" + section "Slice" u.sliceConfig) none cfg.slices
    ++ render "mount"
      (_: u: "\n" + section "Mount" (lib.filterAttrs (_: present) { What = u.what; Where = u.where; Type = u.type; Options = u.options; } // u.mountConfig))
      none
      (byMountPoint cfg.mounts)
    ++ render "automount" (_: u: "\n" + section "Automount" ({ Where = u.where; } // u.automountConfig)) none (byMountPoint cfg.automounts);

  # Units of users are named like others, but their scripts lie beside those of the system.
  renderUser = renderBelow "/etc/systemd/user";
  ofUser = name: "user-${name}";
  userFiles =
    renderUser "service" (name: s: "\n" + serviceBody (ofUser name) s) (name: serviceScripts (ofUser name)) cfg.user.services
    ++ renderUser "timer" (_: u: "\n" + section "Timer" u.timerConfig) none cfg.user.timers
    ++ renderUser "socket"
      (_: u: "\n" + section "Socket" (u.socketConfig // commands "ListenStream" (map toString u.listenStreams) u.socketConfig [ ]))
      none
      cfg.user.sockets
    ++ renderUser "target" (_: _: "") none cfg.user.targets
    ++ renderUser "path" (_: u: "\n" + section "Path" u.pathConfig) none cfg.user.paths
    ++ renderUser "slice" (_: u: "\n" + section "Slice" u.sliceConfig) none cfg.user.slices;

  ofUnits = lib.concatLists (lib.mapAttrsToList
    (name: u:
      if !u.enable then [{ path = "/etc/systemd/system/${name}"; link = "/dev/null"; }]
      else lib.optional (u.text != null) {
        path = "/etc/systemd/system/${name}${lib.optionalString (u.overrideStrategy == "asDropin") ".d/overrides.conf"}";
        inherit (u) text;
      } ++ links "/etc/systemd/system" name u)
    cfg.units);

  # What users' managers make, by the name of its service.
  tmpfilesOfUsers = lib.mapAttrs' (user: it: { name = "tmpfiles-of-${user}"; value = { inherit user; inherit (it) rules; }; }) cfg.user.tmpfiles.users
    // lib.optionalAttrs (cfg.user.tmpfiles.rules != [ ]) { tmpfiles = { user = null; inherit (cfg.user.tmpfiles) rules; }; };
  tmpfilesService = name: { user, ... }: {
    description = "Files and directories of users";
    wantedBy = [ "basic.target" ];
    before = [ "basic.target" ];
    unitConfig = { DefaultDependencies = false; } // lib.optionalAttrs (user != null) { ConditionUser = user; };
    serviceConfig = {
      Type = "oneshot";
      RemainAfterExit = true;
      ExecStart = "/bin/systemd-tmpfiles --user --create --remove --boot /etc/nixlab/users/${name}.conf";
    };
  };

  namesOf = kind: units: lib.concatLists (lib.mapAttrsToList
    (name: u: lib.optionals u.enable ([ "${name}.${kind}" ] ++ u.aliases or [ ])) units);
  manager = lib.concatLines (lib.mapAttrsToList (k: v: "${k}=${if builtins.isBool v then lib.boolToString v else toString v}") cfg.settings.Manager)
    + cfg.extraConfig;
in
{
  options.systemd = {
    services = unitsOf "Services." [ kinds.named kinds.service ] // { example = lib.literalExpression ''{ hello = { script = "echo hello"; wantedBy = [ "multi-user.target" ]; }; }''; };
    timers = unitsOf "Timers." [ kinds.named kinds.timer ];
    sockets = unitsOf "Sockets." [ kinds.named kinds.socket ];
    targets = unitsOf "Targets." [ kinds.named ];
    paths = unitsOf "Paths to watch." [ kinds.named kinds.path ];
    slices = unitsOf "Slices." [ kinds.slice ];
    mounts = option (types.listOf (types.submodule [ kinds.unit kinds.mount ])) [ ] "Mounts.";
    automounts = option (types.listOf (types.submodule [ kinds.unit kinds.automount ])) [ ] "Mounts made on first use.";
    globalEnvironment = option (types.attrsOf (types.nullOr types.str)) { } "Environment variables of all services defined here.";
    tmpfiles.rules = option (types.listOf types.str) [ ] "Lines for systemd-tmpfiles: files and directories to make at boot."
      // { example = [ "d /var/lib/app 0750 root root -" ]; };
    tmpfiles.settings = option
      (types.attrsOf (types.attrsOf (types.attrsOf (types.submodule {
        options = lib.genAttrs [ "user" "group" "mode" "age" ] (n: option types.str "-" "The ${n}; `-` for the default.")
          // { argument = option types.str "" "The argument."; };
      }))))
      { } "Files and directories to make at boot: file name, path, type of line.";
    extraConfig = option types.lines "" "Further settings of systemd itself (section [Manager]).";
    settings.Manager = option (types.lazyAttrsOf types.raw) { } "Settings of systemd itself.";
    # What is in them is as for the system's.
    user = lib.mapAttrs (_: units: units // { visible = "shallow"; })
      {
        services = unitsOf "Services that every user has of their own, as those of `systemd.services`." [ kinds.named kinds.service ]
          // { example = lib.literalExpression ''{ hello = { script = "echo hello"; wantedBy = [ "default.target" ]; }; }''; };
        timers = unitsOf "Timers of users." [ kinds.named kinds.timer ];
        sockets = unitsOf "Sockets of users." [ kinds.named kinds.socket ];
        targets = unitsOf "Targets of users." [ kinds.named ];
        paths = unitsOf "Paths to watch for users." [ kinds.named kinds.path ];
        slices = unitsOf "Slices of users." [ kinds.slice ];
        extraConfig = option types.lines "" "Settings of users' systemd (section [Manager]).";
      }
    // {
      tmpfiles.rules = option (types.listOf types.str) [ ] "Files and directories that every user's manager makes: lines for systemd-tmpfiles."
        // { example = [ "d %h/app 0700" ]; };
      tmpfiles.users = option (types.attrsOf (types.submodule { options.rules = option (types.listOf types.str) [ ] "The lines."; })) { }
        "The same for single users.";
    };
    units = option
      (types.attrsOf (types.submodule ({ name, ... }: {
        options = {
          enable = option types.bool true "Whether the unit exists; false masks it.";
          text = option (types.nullOr types.str) null "What its file holds.";
          wantedBy = option (types.listOf types.str) [ ] "Units that start it.";
          requiredBy = option (types.listOf types.str) [ ] "Units that start and need it.";
          upheldBy = option (types.listOf types.str) [ ] "Units that keep it running.";
          aliases = option (types.listOf types.str) [ ] "Further names of the unit.";
          overrideStrategy = option (types.enum [ "asDropinIfExists" "asDropin" ]) "asDropinIfExists"
            "Whether to add to a unit of a package (`asDropin`), or to replace it.";
        };
      })))
      { } "Units as the text of their files, by file name." // { example = lib.literalExpression ''{ "hello.service".text = "[Service]\nExecStart=/bin/echo hello\n"; }''; };
    nspawn = option
      (types.attrsOf (types.submodule {
        options = {
          enable = option types.bool true "Whether there are these settings.";
          execConfig = option kinds.settings { } "Settings of section [Exec].";
          filesConfig = option kinds.settings { } "Settings of section [Files].";
          networkConfig = option kinds.settings { } "Settings of section [Network].";
        };
      }))
      { } "Settings of containers of systemd-nspawn, by name.";
    shutdownRamfs = lib.idle "What is kept for the end.";
    sysusers = lib.idle "Have systemd make the users.";
    sysupdate = lib.idle "Updates of the system.";
    repart = lib.idle "Partitions to make.";
    package = lib.inert types.raw (pkgs.systemd or null) "systemd, which is Debian's." // { defaultText = "pkgs.systemd"; };
    enableEmergencyMode = lib.inert types.bool true "Start a rescue shell when the boot fails.";
    coredump = lib.idle "What becomes of programs that crash.";
    sleep = lib.idle "How the machine sleeps.";
    oomd = lib.idle "Ending programs before the memory is full.";
    watchdog = lib.idle "A watch over the machine by its hardware.";
    enableCgroupAccounting = lib.inert types.bool true "Count what services use; systemd does.";
    enableUnifiedCgroupHierarchy = lib.inert types.bool true "Newer control groups alone; Debian has them.";
    maskedUnits = lib.internal (types.listOf types.str) [ ];
  };

  config = {
    systemd.timers = timersOf cfg.services;
    systemd.user.timers = timersOf cfg.user.services;
    systemd.user.services = lib.mapAttrs tmpfilesService tmpfilesOfUsers;

    nixlab.files = files ++ userFiles ++ ofUnits;
    nixlab.units = namesOf "service" cfg.services ++ namesOf "timer" timers ++ namesOf "socket" cfg.sockets
      ++ namesOf "target" cfg.targets ++ namesOf "path" cfg.paths ++ namesOf "slice" cfg.slices
      ++ namesOf "mount" (byMountPoint cfg.mounts) ++ namesOf "automount" (byMountPoint cfg.automounts)
      ++ lib.filter (name: !(lib.hasInfix "/" name)) (lib.attrNames (lib.filterAttrs (_: u: u.enable) cfg.units));

    environment.etc = lib.mkMerge [
      (lib.mkIf (cfg.tmpfiles.rules != [ ]) { "tmpfiles.d/00-nixlab.conf".text = lib.concatLines cfg.tmpfiles.rules; })
      (lib.mapAttrs'
        (file: paths: {
          name = "tmpfiles.d/${file}.conf";
          value.text = lib.concatStrings (lib.concatLists (lib.mapAttrsToList
            (path: kinds: lib.mapAttrsToList (kind: v: "${kind} ${path} ${v.mode} ${v.user} ${v.group} ${v.age} ${v.argument}\n") kinds)
            paths));
        })
        cfg.tmpfiles.settings)
      (lib.mkIf (cfg.user.extraConfig != "") { "systemd/user.conf.d/nixlab.conf".text = "[Manager]\n${cfg.user.extraConfig}"; })
      (lib.mapAttrs' (name: it: { name = "nixlab/users/${name}.conf"; value.text = lib.concatLines it.rules; }) tmpfilesOfUsers)
      (lib.mapAttrs'
        (name: settings: {
          name = "systemd/nspawn/${name}.nspawn";
          value = {
            inherit (settings) enable;
            text = section "Exec" settings.execConfig + section "Files" settings.filesConfig + section "Network" settings.networkConfig;
          };
        })
        cfg.nspawn)
      (lib.mkIf (manager != "") { "systemd/system.conf.d/nixlab.conf".text = "[Manager]\n${manager}"; })
    ];

    assertions = lib.concatLists (lib.mapAttrsToList
      (name: s: lib.optional (s.enable && s.script != "" && s.serviceConfig ? ExecStart) {
        assertion = false;
        message = "service `${name}` sets both `script` and `serviceConfig.ExecStart`";
      })
      cfg.services);
  };
}
