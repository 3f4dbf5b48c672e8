# What is known of one evaluated machine before it runs.
#
# needs: what is built beside it.
{ lib, name, index, place, needs, config }:

let
  net = config.networking;
  v = config.virtualisation;
  plain = builtins.unsafeDiscardStringContext;
  enabled = lib.filterAttrs (_: value: value.enable or true);

  programs = config.system.build.nixlabGuest;

  # Named cards exist since 23.05, in one set with the numbered ones since 25.05 or so.
  cards =
    if v ? allInterfaces then map (card: { inherit (card) name vlan; }) (lib.attrValues v.allInterfaces)
    else
      lib.imap1 (number: vlan: { name = "eth${toString number}"; inherit vlan; }) v.vlans
      ++ lib.mapAttrsToList (name: card: { inherit name; inherit (card) vlan; }) (v.interfaces or { });
  # Its number becomes a byte of addresses.
  checkedVlan = vlan:
    if vlan <= 255 then vlan
    else lib.fail { message = "machine `${name}` is on VLAN ${toString vlan}; they go from 0 to 255"; inherit place; };
  addressIn = option: builtins.match ".*mac(addr)?=([0-9A-Fa-f:]+).*" option;
  macs = map (found: lib.last found) (lib.filter (found: found != null) (map (o: addressIn (toString o)) v.qemu.options));
  addresses = card:
    let interface = net.interfaces.${card.name} or { };
    in map (a: { inherit (a) address prefixLength; }) (interface.ipv4.addresses or interface.ip4 or [ ]);
  domain = if net.domain or null == "" then null else net.domain or null;
  deployment = config.deployment or { };
  vm = config.system.build.vm;
  script = "run-${config.system.name or (if net.hostName == "" then "noname" else net.hostName)}-vm";
  integer = value: if builtins.isInt value then value else 0;
in
{
  inherit index needs;
  system = programs.guestSystem;
  inherit (net) hostName;
  inherit domain;
  fqdn = if domain == null || net.hostName == "" then null else "${net.hostName}.${domain}";
  deployment = {
    hostname = deployment.hostname or deployment.targetHost or null;
    tags = deployment.tags or [ ];
  };
  virtualisation = {
    inherit (v) memorySize graphics;
    vlans = map (card: checkedVlan card.vlan) cards;
    cores = v.cores or 1;
    diskSize = integer (v.diskSize or 0);
    restrictNetwork = v.restrictNetwork or false;
    forwardPorts = map
      (f: { inherit (f) from proto; host = { inherit (f.host) address port; }; guest = { inherit (f.guest) address port; }; })
      (v.forwardPorts or [ ]);
    sharedDirectories = lib.mapAttrsToList
      (name: d: { inherit name; source = plain (toString d.source); target = plain (toString d.target); })
      (v.sharedDirectories or { });
    emptyDiskImages = map (disk: disk.size or disk) v.emptyDiskImages;
    qemuOptions = map (option: plain (toString option)) v.qemu.options;
    kernelParameters = map (parameter: plain (toString parameter)) config.boot.kernelParams;
  };
  interfaces = lib.imap0
    (at: card: card // {
      mac = lib.toLower (if at < lib.length macs then lib.elemAt macs at else "");
      addresses = addresses card;
    })
    cards;
  units = lib.attrNames (enabled config.systemd.units);
  users = lib.attrNames (enabled config.users.users);
  inherit (config) warnings;

  derivation = plain vm.drvPath;
  output = plain vm.outPath;
  script = "bin/${plain script}";
  kernel = plain "${config.system.build.toplevel}/kernel";
  guest = plain "${programs}";
  inherit (programs) canChecksum;
}
