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
  toGitINI = sections:
    let
      # `a."b c"` is a section with a part of its own; the innermost set has the settings.
      named = path: let rest = lib.tail path; in "[${lib.head path}${lib.optionalString (rest != [ ]) " \"${lib.concatStringsSep "." rest}\""}]\n";
      text = value:
        if isString value then builtins.replaceStrings [ "\\" "\"" "\n" "\t" ] [ "\\\\" "\\\"" "\\n" "\\t" ] value else mkValueStringDefault { } value;
      quoted = value: if isString value then "\"${text value}\"" else text value;
      line = name: value: "\t${name} = ${quoted value}\n";
      section = path: set:
        let
          plain = lib.filterAttrs (_: value: !(isAttrs value)) set;
          inner = lib.filterAttrs (_: isAttrs) set;
        in
        lib.optional (plain != { }) (named path + lib.concatStrings (lib.concatLists (lib.mapAttrsToList
          (name: value: map (line name) (lib.toList value))
          plain)))
        ++ lib.concatLists (lib.mapAttrsToList (name: section (path ++ [ name ])) inner);
    in
    lib.concatStringsSep "\n" (lib.concatLists (lib.mapAttrsToList (name: section [ name ]) sections));

  toJSON = _: builtins.toJSON;
  toYAML = toJSON;

  toPretty = { multiline ? true, indent ? "", allowPrettyValues ? false }@args: value:
    let
      inner = toPretty (args // { indent = indent + lib.optionalString multiline "  "; });
      # What is between brackets, one on each line or all on one.
      between = open: close: items:
        if items == [ ] then "${open} ${close}"
        else if multiline then "${open}\n${lib.concatMapStrings (item: "${indent}  ${item}\n") items}${indent}${close}"
        else "${open} ${lib.concatStringsSep " " items} ${close}";
    in
    if allowPrettyValues && isAttrs value && value ? __pretty then value.__pretty value.val
    else if lib.isDerivation value then "<derivation ${value.name or "?"}>"
    else if isAttrs value then
      between "{" "}" (lib.mapAttrsToList (name: v: "${lib.escapeNixIdentifier name} = ${inner v};") value)
    else if isList value then between "[" "]" (map inner value)
    else if isString value then lib.escapeNixString value
    else if isBool value then lib.boolToString value
    else if value == null then "null"
    else if isInt value || isFloat value || isPath value then toString value
    else "<function>";

  toLua = { multiline ? true, indent ? "", asBindings ? false }@args: value:
    let
      inner = toLua { inherit multiline; indent = indent + lib.optionalString multiline "  "; };
      table = items:
        if items == [ ] then "{}"
        else if multiline then "{\n${lib.concatStringsSep ",\n" (map (item: "${indent}  ${item}") items)}\n${indent}}"
        else "{ ${lib.concatStringsSep ", " items} }";
    in
    if asBindings then lib.concatStrings (lib.mapAttrsToList (name: v: "${indent}${name} = ${toLua { inherit multiline indent; } v}\n") value)
    else if lib.isDerivation value then builtins.toJSON "${value}"
    else if isAttrs value then table (lib.mapAttrsToList (name: v: "[${builtins.toJSON name}] = ${inner v}") value)
    else if isList value then table (map inner value)
    else if value == null then "nil"
    else builtins.toJSON value;

  toXML = _: builtins.toXML;
}
