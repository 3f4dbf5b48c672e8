# What modules of NixOS are given as `utils`.
{ lib }:

rec {
  inherit (lib) escapeSystemdPath;

  # Words of a command line in a unit: nothing in them is a variable or a specifier.
  escapeSystemdExecArg = value:
    let
      text =
        if builtins.isPath value || lib.isDerivation value then "${value}"
        else if builtins.isString value then value
        else if builtins.isInt value || builtins.isFloat value then toString value
        else throw "escapeSystemdExecArg takes a string, a path, a number or a package, not ${lib.showKind value}";
    in
    lib.replaceStrings [ "%" "$" ] [ "%%" "$$" ] (builtins.toJSON text);
  escapeSystemdExecArgs = lib.concatMapStringsSep " " escapeSystemdExecArg;

  toShellPath = shell: if lib.isDerivation shell then shell.shellPath or "${shell}/bin/${lib.getName shell}" else toString shell;
}
