# From the content of a network file to the modules of its machines.
#
# read: gives what a path holds; settle: the content that a function, if it is one, stands for.
# call: calls a function with arguments of ours beside those it can have.
# argumentsOf: what the modules of a machine are given by name, beside what the file says.
{ lib, file, read, settle, call, argumentsOf ? _: { } }:

content:

let
  inherit (lib) fail placeOf showKind;

  words = import ./words.nix;

  outer =
    if builtins.isAttrs content then content
    else fail {
      message = "a network file must hold a set of machines, not ${showKind content}";
      place = file;
      hint = "write { NAME = { pkgs, ... }: { ... }; }";
    };
  # Networks can be put together from several files.
  required = map
    (part: settle (if builtins.isPath part || builtins.isString part then read part else part))
    (lib.toList (outer.require or [ ]));
  parts = required ++ [ outer ];
  definitions = lib.zipAttrsWith (_: values: values) parts;
  # A machine may be called so, too.
  isHive = meta: builtins.isAttrs meta && meta != { } && lib.all (word: lib.elem word words.hive) (builtins.attrNames meta);
  hive = if isHive (outer.meta or null) then outer.meta else { };
  about = key: lib.mergeAttrsList (map (part: part.network.${key} or { }) parts) // hive.${key} or { };
  ofMachines = hive.nodeSpecialArgs or { };
  # Flakes name the nixpkgs of a network beside its machines.
  isTree = value: builtins.isPath value || builtins.isAttrs value && value ? outPath;
  machinesOf = removeAttrs definitions
    (words.network ++ lib.optional (hive != { }) "meta" ++ lib.optional (isTree (outer.nixpkgs or null)) "nixpkgs");
  names = builtins.attrNames machinesOf;
  place = name: placeOf { inherit file; at = { inherit name; attrs = lib.findFirst (p: p ? ${name}) outer parts; }; };

  checkedModule = name: module:
    if builtins.isFunction module || builtins.isPath module || builtins.isAttrs module && !(lib.isDerivation module) then module
    else if builtins.isList module && module != [ ] then { imports = module; }
    else fail {
      message = "machine `${name}` must be a configuration (a function or a set), not ${showKind module}";
      place = place name;
      hint = "write ${name} = { pkgs, ... }: { ... };";
    };
  # NixOps hands over what it would have made elsewhere.
  made = lib.optionalAttrs (definitions ? resources) { inherit resources; };
  resources = lib.mapAttrs (_: lib.mapAttrs resource) (lib.foldl' lib.recursiveUpdate { } (definitions.resources or [ ]));
  resource = name: said:
    let
      given = if builtins.isFunction said then call said { inherit name resources; config = known // { deployment.name = "lab"; }; } else said;
      known = { inherit name; } // given;
    in
    if builtins.isAttrs given then known else given;
  specialArgs = made // about "specialArgs";
  differing = lib.unique (lib.concatMap builtins.attrNames (builtins.attrValues ofMachines));
  modules = lib.genAttrs names (name: definitions.defaults or [ ] ++ map (checkedModule name) machinesOf.${name});
in
{
  # What the modules of all machines are given by name, and those of one.
  inherit specialArgs;
  ownArgs = lib.genAttrs names (name: argumentsOf name // ofMachines.${name} or { });
  # The same where all machines are given the same: the rest is a module's.
  sharedArgs = removeAttrs specialArgs differing;
  given = name:
    let own = lib.getAttrs (lib.filter (arg: specialArgs ? ${arg}) differing) specialArgs // ofMachines.${name} or { };
    in lib.optional (own != { }) { _module.args = own; };

  # NixOps and morph say something of the network; what they have was often written for NixOS as it was then.
  isOfOlderTools = outer ? network;
  description =
    let description = (outer.network or { }).description or hive.description or hive.name or null;
    in if description == null || builtins.isString description then description
    else fail { message = "`network.description` wants a string, not ${showKind description}"; place = place "network"; };
}
// import ./machine-list.nix { inherit lib file; } {
  inherit modules;
  places = lib.genAttrs names place;
}
