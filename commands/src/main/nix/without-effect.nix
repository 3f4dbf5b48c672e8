# Says in one line each which of the options that a network sets have no effect in Debian guests, and which of the programs that
# it lists there are not.
{ lib }:

machines: value:

let
  # Nobody else looks at what it is, which may be to be built by Nix.
  isSaid = value:
    let said = builtins.tryEval (!(lib.isType "if" value && !value.condition));
    in !said.success || said.value;
  # Of a set that may hold anything, what is in it says more.
  named = option:
    if option.type.name != "attrsOf" && !(option ? isTold && lib.all builtins.isAttrs option.definitions) then [ (lib.showOption option.loc) ]
    else lib.concatMap
      (set: map (name: lib.showOption (option.loc ++ [ name ])) (lib.filter (name: isSaid set.${name}) (lib.attrNames set)))
      option.definitions;
  options = machine: lib.concatMap named machine.unheeded;
  packages = machine: map (package: package.name) (lib.filter (package: package.isAbsent or false) machine.config.environment.systemPackages);

  # Each once, and few enough to be read.
  say = what: namesOf: value:
    let
      names = lib.naturalSort (lib.unique (lib.concatMap namesOf (lib.attrValues machines)));
      more = lib.length names - 8;
    in
    if names == [ ] then value
    else builtins.trace "nixlab: ${what}: ${lib.concatStringsSep ", " (lib.take 8 names)}${lib.optionalString (more > 0) " and ${toString more} more"}" value;
in
say "without effect in Debian guests" options (say "not in Debian, and left out" packages value)
