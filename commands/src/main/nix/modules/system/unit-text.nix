# Texts of systemd units, from sections that are sets.
{ lib }:

let
  inherit (builtins) isBool isList;
  scalar = v: if isBool v then lib.boolToString v else toString v;
  lines = name: v:
    if v == null then ""
    else if isList v then lib.concatMapStrings (x: "${name}=${scalar x}\n") v
    else "${name}=${scalar v}\n";
in
rec {
  section = name: values:
    let body = lib.concatStrings (lib.mapAttrsToList lines values);
    in lib.optionalString (body != "") "[${name}]\n${body}";

  sections = parts: lib.concatStringsSep "\n" (lib.filter (s: s != "") (map (p: section p.name p.value) parts));

  # Environment lines; systemd expands % in them.
  environment = vars: lib.concatStrings (lib.mapAttrsToList
    (name: v: lib.optionalString (v != null)
      "Environment=${builtins.toJSON "${name}=${lib.replaceStrings [ "%" ] [ "%%" ] (toString v)}"}\n")
    vars);
}
