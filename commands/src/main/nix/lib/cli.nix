# Options of programs, out of sets.
{ lib }:

rec {
  toGNUCommandLineShell = options: set: lib.escapeShellArgs (toGNUCommandLine options set);
  toGNUCommandLine =
    { mkOptionName ? (name: if builtins.stringLength name == 1 then "-${name}" else "--${name}")
    , optionValueSeparator ? null
    , mkBool ? (name: on: lib.optional on (mkOptionName name))
    , mkList ? (name: values: lib.concatMap (mkOption name) values)
    , mkOption ? (name: value:
        let text = lib.generators.mkValueStringDefault { } value;
        in
        if value == null then [ ]
        else if optionValueSeparator == null then [ (mkOptionName name) text ]
        else [ "${mkOptionName name}${optionValueSeparator}${text}" ])
    }: set:
    lib.concatLists (lib.mapAttrsToList
      (name: value:
        if builtins.isBool value then mkBool name value
        else if builtins.isList value then mkList name value
        else mkOption name value)
      set);
}
