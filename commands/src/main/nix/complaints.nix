# All that is wrong with a network file for Debian guests, as far as one failure leaves others to be found: each is told by a
# trace of one line. The arguments are those of `evaluate.nix`.
{ networkFile, packageIndex, hostSystem, attribute ? "[]", userArguments ? { }, interactive ? true, withTest ? false }:

let
  lib = import ./lib/whole.nix { tell = failure: builtins.trace "nixlab-complaint: ${builtins.toJSON failure}"; };
  network = import ./machines.nix { inherit lib networkFile packageIndex hostSystem attribute userArguments interactive; };

  # What nixlab's own modules say follows from what the user's do.
  ofUser = option: lib.any (file: !(lib.hasPrefix (toString ./modules) file)) option.definedIn;

  # Looks at a value, but not for ever: packages hold themselves.
  look = depth: value:
    if depth == 0 then null
    else if builtins.isAttrs value then
      (if value.isAbsent or false then null
      else if value ? outPath then builtins.seq value.outPath null
      else if value ? _type then null
      else each (look (depth - 1)) (lib.attrValues value))
    else if builtins.isList value then each (look (depth - 1)) value
    else builtins.seq value null;
  # One failure does not hide the next.
  each = f: builtins.foldl' (last: item: builtins.seq (builtins.tryEval (f item)) last) null;

  options = depth: set:
    each
      (name:
        let option = set.${name};
        in
        # A package that there is not ends the search: they come last.
        if depth == 0 || lib.elem name [ "_module" "nixpkgs" "systemPackages" ] then null
        else if (option._type or null) != "option" then options (depth - 1) option
        # Nobody looks at these.
        else if option.inert or false then null
        else if ofUser option then look 8 option.value
        else null)
      (lib.attrNames set);
  plan = m: builtins.deepSeq (import ./plan.nix { inherit lib; file = toString networkFile; } m) null;
  # One after another for all machines, from what hides least.
  steps = [ (m: m.config) (m: options 8 m.options) plan (m: look 3 m.options.environment.systemPackages.value) ];
in
each (step: each step (lib.attrValues network.machines)) steps
