# pkgs.formats: settings written out as files.
{ lib, pkgs }:

let
  inherit (lib) types;
  atom = types.nullOr (types.oneOf [ types.bool types.int types.float types.str types.path ]);
  json = _: {
    type = types.anything;
    generate = name: value: pkgs.writeText name (builtins.toJSON value);
  };
in
{
  inherit json;
  yaml = json;
  ini = args: {
    type = types.attrsOf (types.attrsOf (types.either atom (types.listOf atom)));
    generate = name: value: pkgs.writeText name (lib.generators.toINI (removeAttrs args [ "listToValue" ]) value);
  };
  keyValue = args: {
    type = types.attrsOf (types.either atom (types.listOf atom));
    generate = name: value: pkgs.writeText name (lib.generators.toKeyValue args value);
  };
}
