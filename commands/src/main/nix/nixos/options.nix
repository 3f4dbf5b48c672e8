# The options of a nixpkgs tree as documents, as `../options.nix` gives those of Debian guests.
#
# nixpkgs: path of the tree. hostSystem: the system that defaults are given for.
{ nixpkgs, hostSystem }:

let
  lib = import ../lib;
  tree = import ./tree.nix { inherit lib nixpkgs hostSystem; file = nixpkgs; };
  inherit (builtins) attrNames concatMap isAttrs isFunction isString tryEval;
  inherit (import ../shown.nix { inherit lib; }) shown;

  evaluated = import (tree.path + "/nixos/lib/eval-config.nix") {
    system = hostSystem;
    modules = [ (tree.path + "/nixos/modules/virtualisation/qemu-vm.nix") ];
  };

  visible = o: !(o.internal or false) && (o.visible or true) != false;

  # A text that may be marked up, as releases since 21.11 do it.
  plain = text:
    let tried = tryEval (if isAttrs text then text.text or "" else text);
    in if tried.success && isString tried.value then builtins.unsafeDiscardStringContext (lib.removeSuffix "\n" tried.value) else "";
  value = v: lib.generators.toPretty { } (shown 4 v);
  document = path: o: {
    name = lib.showOption path;
    type = plain (o.type.description or "");
    defaultText =
      if o ? defaultText then (if isString o.defaultText then o.defaultText else marked o.defaultText)
      else if o ? default then marked o.default
      else "";
    example = if o ? example then marked o.example else "";
    description = plain (o.description or "");
    renamedFrom = "";
  };
  marked = v: if isAttrs v && v ? _type && v ? text then plain v else value v;

  below = path: type:
    let options = if type ? getSubOptions && isFunction type.getSubOptions then type.getSubOptions path else { };
    in walk path (removeAttrs options [ "_module" "_freeformOptions" ]);

  walk = path: set: concatMap
    (name:
      let
        here = set.${name};
        # An option of a submodule knows better: with `<name>` or `*` for what stands between.
        at = if (here._type or null) == "option" then here.loc or (path ++ [ name ]) else path ++ [ name ];
      in
      if name == "_module" then [ ]
      else if (here._type or null) == "option" then
        (if visible here then [ (document at here) ] ++ (if (here.visible or true) == "shallow" then [ ] else below at here.type) else [ ])
      else if isAttrs here then walk at here
      else [ ])
    (attrNames set);
in
walk [ ] evaluated.options
