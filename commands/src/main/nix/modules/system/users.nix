# People and groups. The host merges them into the accounts that Debian packages made.
{ config, lib, network, pkgs, ... }:

let
  inherit (lib) mkOption option types;
  cfg = config.users;
  shellPath = shell: if shell == null then cfg.defaultUserShell else shell;
  pathOf = shell: shell.shellPath or (toString shell);
  secret = what: option (types.nullOr types.str) null what;

  range = id: types.submodule {
    options = {
      "start${id}" = mkOption { type = types.int; description = "The first."; };
      count = option types.int 1 "How many.";
    };
  };
  subordinate = id: lib.concatStrings (lib.concatLists (lib.imap0
    (i: u: map (r: "${u.name}:${toString r."start${id}"}:${toString r.count}\n")
      (u."sub${id}Ranges" ++ lib.optional u.autoSubUidGidRange { "start${id}" = 100000 + i * 65536; count = 65536; }))
    enabled));

  user = types.submodule ({ name, config, ... }: {
    options = {
      enable = option types.bool true "Whether the user exists.";
      name = option types.singleLineStr name "Login name.";
      description = option types.singleLineStr "" "Full name or purpose." // { example = "Alice Q. User"; };
      uid = option (types.nullOr types.int) null "Number of the user; null: chosen.";
      isNormalUser = option types.bool false "Whether this is a person: home below /home, group `users`, a login shell.";
      isSystemUser = option types.bool false "Whether this is an account for a service.";
      group = option types.str "" "Primary group.";
      extraGroups = option (types.listOf types.str) [ ] "Further groups." // { example = [ "wheel" ]; };
      home = option types.path "/var/empty" "Home directory.";
      homeMode = option types.str "700" "Mode of a home directory that is made.";
      createHome = option types.bool false "Whether to make the home directory.";
      shell = option (types.nullOr (types.either types.package types.path)) null "Login shell."
        // { defaultText = "bash for normal users, nologin for system users"; example = lib.literalExpression "pkgs.zsh"; };
      useDefaultShell = option types.bool false "Whether the shell is `users.defaultUserShell`.";
      ignoreShellProgramCheck = lib.inert types.bool false "Leave out the check that the shell's program is enabled.";
      password = secret "Password in clear text, set at every build.";
      hashedPassword = secret "Hash of the password, as mkpasswd prints it.";
      initialPassword = secret "Password in clear text.";
      initialHashedPassword = secret "Hash of the password.";
      hashedPasswordFile = option (types.nullOr types.path) null "File that holds the hash of the password: of the host, read at evaluation, or, where that has none, of the machine, read at boot.";
      openssh.authorizedKeys.keys = option (types.listOf types.str) [ ] "Public keys that may log in by ssh.";
      openssh.authorizedKeys.keyFiles = option (types.listOf types.path) [ ] "Files of public keys that may log in by ssh.";
      packages = option (types.listOf types.package) [ ] "Packages for this user. They are installed for all.";
      linger = option types.bool false "Whether the user's systemd runs without a login.";
      expires = option (types.nullOr (types.strMatching "[0-9]{4}-[0-9]{2}-[0-9]{2}")) null "Day after which nobody logs in as the user."
        // { example = "2030-12-31"; };
      subUidRanges = option (types.listOf (range "Uid")) [ ] "Users that the user may have in namespaces.";
      subGidRanges = option (types.listOf (range "Gid")) [ ] "Groups that the user may have in namespaces.";
      autoSubUidGidRange = option types.bool false "Whether to choose 65536 of both.";
    };
    config = lib.mkMerge [
      (lib.mkIf config.isNormalUser {
        group = lib.mkDefault "users";
        createHome = lib.mkDefault true;
        home = lib.mkDefault "/home/${config.name}";
        useDefaultShell = lib.mkDefault true;
      })
      (lib.mkIf config.useDefaultShell { shell = lib.mkDefault cfg.defaultUserShell; })
    ];
  });

  group = types.submodule ({ name, ... }: {
    options = {
      name = option types.str name "Name of the group.";
      gid = option (types.nullOr types.int) null "Number of the group; null: chosen.";
      members = option (types.listOf types.str) [ ] "Users in it.";
    };
  });

  # Before NixOS 21.05 a user might be neither a person nor an account for a service.
  mayBeNeither = network.isOfOlderTools || lib.versionOlder config.system.stateVersion "21.05";
  isNeither = u: !u.isNormalUser && !u.isSystemUser && u.name != "root";
  unasked = u: mayBeNeither && isNeither u;
  groupOf = u: if u.group == "" && unasked u then "nogroup" else u.group;

  enabled = lib.filter (u: u.enable) (lib.attrValues cfg.users);
  # Whose file is none of the host's.
  isInMachine = u: u.hashedPasswordFile != null && !(builtins.pathExists u.hashedPasswordFile);
  late = lib.filter isInMachine enabled;
  expiring = lib.filter (u: u.expires != null) enabled;
  lingering = map (u: u.name) (lib.filter (u: u.linger) enabled);
  clash = what: list: lib.filter (n: lib.count (m: m == n) list > 1) (lib.unique list);
  uids = map (u: u.uid) (lib.filter (u: u.uid != null) enabled);
in
{
  imports = [ (lib.mkRenamedOptionModule [ "users" "extraUsers" ] [ "users" "users" ])
    (lib.mkRenamedOptionModule [ "users" "extraGroups" ] [ "users" "groups" ]) ];

  options.users = {
    users = option (types.attrsNamedBy "name" user) { } "The users of the machine."
      // { example = lib.literalExpression ''{ alice = { isNormalUser = true; password = "secret"; }; }''; };
    groups = option (types.attrsNamedBy "name" group) { } "The groups of the machine.";
    mutableUsers = lib.inert types.bool true "Let passwords that are changed in the machine survive a build.";
    defaultUserShell = option (types.either types.package types.path) "/bin/bash" "The shell of normal users." // { defaultText = "bash"; };
    allowNoPasswordLogin = lib.inert types.bool true "Allow a system into which nobody can log in.";
    motd = option types.lines "" "What a login shows.";
  };

  config = {
    users.users.root = {
      uid = 0;
      group = lib.mkDefault "root";
      home = lib.mkDefault "/root";
      shell = lib.mkDefault cfg.defaultUserShell;
      initialHashedPassword = lib.mkDefault "";
      description = lib.mkDefault "System administrator";
    };
    users.groups = {
      wheel = { };
      users.gid = 100;
    };
    environment.etc = {
      motd = lib.mkIf (cfg.motd != "") { text = cfg.motd + "\n"; };
      subuid = lib.mkIf (subordinate "Uid" != "") { text = subordinate "Uid"; };
      subgid = lib.mkIf (subordinate "Gid" != "") { text = subordinate "Gid"; };
    };
    environment.systemPackages = lib.concatMap (u: u.packages) enabled
      ++ lib.filter lib.isDerivation (map (u: u.shell) enabled ++ [ cfg.defaultUserShell ]);
    systemd.services.password-files = lib.mkIf (late != [ ]) {
      description = "Passwords from files of the machine";
      wantedBy = [ "multi-user.target" ];
      before = [ "systemd-user-sessions.service" ];
      serviceConfig.Type = "oneshot";
      serviceConfig.RemainAfterExit = true;
      script = lib.concatMapStrings
        (u: "usermod --password \"$(head -n 1 ${lib.escapeShellArg (toString u.hashedPasswordFile)})\" ${lib.escapeShellArg u.name}\n")
        late;
    };
    systemd.services.expire-users = lib.mkIf (expiring != [ ]) {
      description = "Days after which users are none any more";
      wantedBy = [ "multi-user.target" ];
      before = [ "systemd-user-sessions.service" ];
      serviceConfig.Type = "oneshot";
      serviceConfig.RemainAfterExit = true;
      script = lib.concatMapStrings (u: "usermod --expiredate ${u.expires} ${lib.escapeShellArg u.name}\n") expiring;
    };
    systemd.services.linger-users = lib.mkIf (lingering != [ ]) {
      description = "Users whose systemd runs without a login";
      wantedBy = [ "multi-user.target" ];
      after = [ "systemd-logind.service" ];
      serviceConfig.Type = "oneshot";
      serviceConfig.RemainAfterExit = true;
      script = ''
        for file in /var/lib/systemd/linger/*; do
          case " ${toString lingering} " in *" ''${file##*/} "*) ;; *) rm -f "$file" ;; esac
        done
        loginctl enable-linger ${toString lingering}
      '';
    };
    # The home of accounts that have none.
    systemd.tmpfiles.rules = [ "d /var/empty 0555 root root" ] ++ map (u: "z ${toString u.home} ${lib.fixedWidthString 4 "0" u.homeMode} ${u.name} ${groupOf u}")
        (lib.filter (u: u.createHome && u.homeMode != "700") enabled);

    assertions = lib.concatMap
      (u: [
        {
          assertion = mayBeNeither || !(isNeither u);
          message = "user `${u.name}` must be either a normal or a system user: set `users.users.${u.name}.isNormalUser` or `isSystemUser`";
        }
        {
          assertion = !(u.isNormalUser && u.isSystemUser);
          message = "user `${u.name}` cannot be both a normal and a system user";
        }
        {
          assertion = groupOf u != "";
          message = "user `${u.name}` has no group: set `users.users.${u.name}.group = \"${u.name}\";` and `users.groups.${u.name} = { };`";
        }
      ])
      enabled
    ++ map (uid: { assertion = false; message = "two users have the uid ${toString uid}"; }) (clash "uid" uids);

    warnings = map
      (u: "user `${u.name}` is neither a normal nor a system user, which NixOS has refused since 21.05")
      (lib.filter unasked enabled)
    ++ lib.concatMap
      (u: map (file: "the key ${toString file} of user `${u.name}` is not there") (lib.filter (file: !(builtins.pathExists file)) u.openssh.authorizedKeys.keyFiles))
      enabled;

    system.build.users = map
      (u: {
        inherit (u) name uid home createHome description;
        group = groupOf u;
        extraGroups = u.extraGroups;
        shell = if u.shell == null then "/usr/sbin/nologin" else pathOf u.shell;
        system = !u.isNormalUser;
        hashedPassword =
          if isInMachine u then "!"
          else if u.hashedPasswordFile != null then lib.fileContents u.hashedPasswordFile
          else if u.hashedPassword != null then u.hashedPassword
          else if u.password == null && u.initialPassword == null then u.initialHashedPassword
          else null;
        password = if u.password != null then u.password else u.initialPassword;
        authorizedKeys = u.openssh.authorizedKeys.keys
          ++ lib.concatMap (f: lib.filter (l: l != "") (lib.splitString "\n" (builtins.readFile f))) (lib.filter builtins.pathExists u.openssh.authorizedKeys.keyFiles);
      })
      enabled;
    system.build.groups = map (g: { inherit (g) name gid members; }) (lib.attrValues cfg.groups);
  };
}
