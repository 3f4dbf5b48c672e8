# What is known of a test's script before it runs, and what Nix builds for it.
{ lib, file, tree }:

{ name, script, globalTimeout, enableOCR, extraPythonPackages }:

let
  text =
    if builtins.isString script then script
    else lib.fail { message = "`testScript` must be a text, or a function that gives one, not ${lib.showKind script}"; place = file; };
  # To build it is to build all that the script names.
  written = tree.pkgs.writeText "nixlab-test-script" text;
  plain = builtins.unsafeDiscardStringContext;
in
{
  plan = {
    inherit name globalTimeout enableOCR;
    script = plain text;
    pythonPackages = map (package: package.pname or package.name) (extraPythonPackages tree.pkgs.python3Packages);
  };
  needs = [{ derivation = plain written.drvPath; output = plain written.outPath; }];
}
