# The plan of one evaluated machine.
{ lib, file }:

{ config, index, name, interfaces, ... }:

let
  inherit (lib) fail;
  cfg = config;

  sorted = builtins.sort builtins.lessThan;
  failed = lib.filter (a: !a.assertion) cfg.assertions;
  checked = value:
    if failed == [ ] then value
    else fail { message = "machine `${name}`: ${lib.concatMapStringsSep "; " (a: a.message) failed}"; place = file; };

  etc = lib.filter (e: e.enable) (lib.attrValues cfg.environment.etc);
  symbolic = mode: lib.elem mode [ "symlink" "direct-symlink" ];
  etcFile = e:
    let
      source = "${e.source}";
      content =
        if e.source == null && e.text == null then
          fail { message = "machine `${name}`: `environment.etc.\"${e.target}\"` has neither text nor source"; place = file; }
        else if e.source == null then { inherit (e) text; }
        else if lib.isStorePath source then { inherit source; }
        else { link = source; };
    in
    {
      path = "/etc/${lib.removePrefix "/" e.target}";
      # A link's mode is its target's: nobody knows it before the file is there.
      mode = if !(symbolic e.mode) then lib.fixedWidthString 4 "0" e.mode else if content ? source then null else "0644";
      user = lib.removePrefix "+" e.user;
      group = lib.removePrefix "+" e.group;
    } // content;
  plain = f: { mode = if f ? directory then "0755" else "0644"; user = "root"; group = "root"; } // f;

  # Programs that are no package's find their way to the path by links.
  programs = lib.mergeAttrsList (map (p: p.programs or { }) (lib.reverseList cfg.environment.systemPackages));
  programFiles = lib.mapAttrsToList (name: target: plain { path = "/usr/local/bin/${name}"; link = target; }) programs;

  all = map etcFile etc ++ map plain cfg.nixlab.files ++ programFiles;
  byPath = lib.groupBy (f: f.path) all;
  twice = lib.filter (path: lib.length byPath.${path} > 1 && lib.any (f: f != lib.head byPath.${path}) byPath.${path}) (lib.attrNames byPath);
  files =
    if twice == [ ] then map (path: lib.head byPath.${path}) (lib.attrNames byPath)
    else fail { message = "machine `${name}`: two definitions of the file ${lib.head twice}"; place = file; };

  v = cfg.virtualisation;
  addressesOf = card: lib.optionals (cfg.networking.interfaces ? ${card.name})
    (map (a: { inherit (a) address prefixLength; }) cfg.networking.interfaces.${card.name}.ipv4.addresses);
in
checked {
  inherit (cfg.nixpkgs) system;
  inherit index;
  inherit (cfg.networking) hostName domain;
  fqdn = if cfg.networking.domain == null || cfg.networking.hostName == "" then null else "${cfg.networking.hostName}.${cfg.networking.domain}";
  deployment = {
    hostname = if cfg.deployment.hostname != null then cfg.deployment.hostname else cfg.deployment.targetHost;
    inherit (cfg.deployment) tags;
  };
  virtualisation = {
    inherit (v) memorySize cores graphics restrictNetwork;
    vlans = map (card: card.vlan) interfaces;
    diskSize = if v.diskSize == "auto" then 1024 else v.diskSize;
    forwardPorts = map (f: { inherit (f) from proto; host = { inherit (f.host) address port; }; guest = { inherit (f.guest) address port; }; }) v.forwardPorts;
    sharedDirectories = lib.mapAttrsToList (name: d: { inherit name; inherit (d) source; target = toString d.target; }) v.sharedDirectories;
    emptyDiskImages = map (d: d.size) v.emptyDiskImages;
    kernelParameters = cfg.boot.kernelParams;
    qemuOptions = v.qemu.options
      ++ lib.optionals v.graphics [ "-global virtio-gpu-device.xres=${toString v.resolution.x}" "-global virtio-gpu-device.yres=${toString v.resolution.y}" ];
  };
  interfaces = map (card: card // { addresses = addressesOf card; }) interfaces;
  packages = sorted (lib.unique (cfg.nixlab.packages ++ lib.concatMap (p: p.debianPackages or [ ]) cfg.environment.systemPackages));
  inherit files;
  units = sorted (lib.unique cfg.nixlab.units);
  users = cfg.system.build.users;
  groups = cfg.system.build.groups;
  inherit (cfg) warnings;
}
