# A value as data that people read: what is no data, or has no value, is named in guillemets.
{ lib }:

let
  inherit (builtins) isAttrs isFunction isList isPath isString tryEval;

  isPackages = value: value ? callPackage && value ? stdenv;

  # What is looked at may have no value, as an option `type` without a default.
  orNull = value: let result = tryEval value; in if result.success then result.value else null;

  attrs = depth: value:
    if orNull (value.type or null) == "derivation" then "«derivation ${tried (value.name or "")}»"
    else if isPackages value then "«packages»"
    else if value ? _type && isString (orNull (value.text or null)) then builtins.unsafeDiscardStringContext value.text
    else if depth == 0 && builtins.attrNames value != [ ] then "«more»"
    else builtins.mapAttrs (_: shown (depth - 1)) value;

  tried = value:
    let result = tryEval value;
    in if result.success && isString result.value then builtins.unsafeDiscardStringContext result.value else "?";

  # depth: how many sets and lists deep.
  shown = depth: value:
    let
      result = tryEval value;
      v = result.value;
    in
    if !result.success then "«not set»"
    else if isAttrs v then attrs depth v
    else if isList v then (if depth == 0 && v != [ ] then "«more»" else map (shown (depth - 1)) v)
    else if isFunction v then "«function»"
    else if isPath v then toString v
    else if isString v then builtins.unsafeDiscardStringContext v
    else v;

  # Of what is asked for by its name, the place in the store is more than its name.
  whole = depth: value:
    let
      isDerivation = tryEval (isAttrs value && (value.type or null) == "derivation");
      place = tryEval "${value}";
    in
    if isDerivation.success && isDerivation.value && place.success then builtins.unsafeDiscardStringContext place.value
    else shown depth value;
in
{
  inherit shown;

  # What stands at a path of a machine's configuration: `{ value = …; }`, or `{ missing = why; hint = …; }`.
  # config: an evaluated configuration; below: sets and lists shown within, in depth.
  valueAt = { machine, config, path, below }:
    let
      go = walked: value: rest:
        if rest == [ ] then { value = whole below value; }
        else
          let
            part = lib.head rest;
            name = lib.showOption (walked ++ [ part ]);
            names = lib.filter (n: n != "_module") (builtins.attrNames value);
          in
          if !(isAttrs value) then
            { missing = "`${lib.showOption walked}` of ${machine} is ${lib.showKind value}, nothing is in it"; }
          else if !(value ? ${part}) then
            {
              missing = "there is no `${name}` in the configuration of ${machine}";
              hint = lib.didYouMean (map (n: lib.showOption (walked ++ [ n ])) (lib.nearest part names));
            }
          else go (walked ++ [ part ]) value.${part} (lib.tail rest);
    in
    go [ ] config path;
}
