# Texts of common configuration formats.
{ lib }:

let
  inherit (builtins) isAttrs isBool isInt isFloat isList isPath isString map toJSON;
in
rec {
  mkValueStringDefault = _: value:
    if isBool value then lib.boolToString value
    else if value == null then "null"
    else toString value;

  mkKeyValueDefault = { mkValueString ? mkValueStringDefault { } }: sep: key: value:
    "${lib.escape [ sep ] key}${sep}${mkValueString value}";

  toKeyValue = { mkKeyValue ? mkKeyValueDefault { } "=", listsAsDuplicateKeys ? false, indent ? "" }: attrs:
    let line = key: value: indent + mkKeyValue key value + "\n";
    in lib.concatStrings (lib.concatLists (lib.mapAttrsToList
      (key: value: if listsAsDuplicateKeys && isList value then map (line key) value else [ (line key value) ])
      attrs));

  toINI = { mkSectionName ? (name: lib.escape [ "[" "]" ] name), mkKeyValue ? mkKeyValueDefault { } "=", listsAsDuplicateKeys ? false }: sections:
    lib.concatStringsSep "\n" (lib.mapAttrsToList
      (name: values: "[${mkSectionName name}]\n" + toKeyValue { inherit mkKeyValue listsAsDuplicateKeys; } values)
      sections);
  toINIWithGlobalSection = args: { globalSection, sections ? { } }:
    (if globalSection == { } then "" else toKeyValue { } globalSection + "\n") + toINI args sections;
  toGitINI = toINI { };

  toJSON = _: builtins.toJSON;
  toYAML = toJSON;

  toPretty = { multiline ? true, ... }@args: value:
    if isAttrs value && !(value ? outPath) then
      "{ ${lib.concatStrings (lib.mapAttrsToList (n: v: "${n} = ${toPretty args v}; ") value)}}"
    else if isList value then "[ ${lib.concatMapStrings (v: toPretty args v + " ") value}]"
    else if isString value then builtins.toJSON value
    else if isBool value then lib.boolToString value
    else if value == null then "null"
    else if isInt value || isFloat value || isPath value then toString value
    else "<${builtins.typeOf value}>";

  toLua = _: value:
    if isAttrs value then "{ ${lib.concatStringsSep ", " (lib.mapAttrsToList (n: v: "[${builtins.toJSON n}] = ${toLua { } v}") value)} }"
    else if isList value then "{ ${lib.concatMapStringsSep ", " (toLua { }) value} }"
    else if value == null then "nil"
    else builtins.toJSON value;

  toXML = _: builtins.toXML;
}
