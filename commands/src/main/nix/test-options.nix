# The options of a test, under the names that the test framework of NixOS gave them.
{ lib, pkgs, ... }:

let
  inherit (lib) inert internal mkOption option types;
  modules = option types.deferredModule { };
in
{
  options = {
    name = option types.str "unnamed" "The name of the test.";
    nodes = option (types.lazyAttrsOf types.deferredModule) { } "The machines.";
    # What a single machine was once called.
    machine = internal types.raw null;
    defaults = modules "What all machines are made of.";
    nodeDefaults = modules "The same.";
    extraBaseModules = modules "The same.";
    extraBaseNodeModules = modules "The same.";
    node.specialArgs = option (types.lazyAttrsOf types.raw) { } "What modules of machines are given by name.";
    testScript = option types.raw null "The script in Python: a text, or a function of the machines that gives one.";
    enableOCR = option types.bool false "Whether the script reads the screen.";
    globalTimeout = option (types.nullOr types.ints.positive) null "Seconds that the whole script may take.";
    extraPythonPackages = option types.raw (_: [ ]) "What the script imports, of the packages for Python.";

    interactive = modules "What is different when somebody uses the machines, and no script.";
    meta = internal types.raw { };
    passthru = internal types.raw { };
    hostPkgs = internal types.raw pkgs;
    assertions = internal (types.listOf types.raw) [ ];
    warnings = internal (types.listOf types.str) [ ];
    includeTestScriptReferences = internal types.bool true;
    rawTestDerivationArg = internal types.raw null;
    node.pkgs = inert types.raw pkgs "The packages of the machines.";
    node.pkgsReadOnly = inert types.bool false "Keep machines from choosing packages.";
    qemu = inert (types.lazyAttrsOf types.raw) { } "The QEMU that machines run in.";
    requiredFeatures = inert types.raw { } "What a host must have.";
    enableDebugHook = inert types.bool false "Stop where the script fails.";
    sshBackdoor = inert types.raw { } "Ways into the machines.";
    logLevel = inert types.str "info" "How much is told.";
    extraDriverArgs = inert (types.listOf types.str) [ ] "Words for the test driver.";
    skipLint = inert types.bool false "Leave the script unchecked.";
    skipTypeCheck = inert types.bool false "Leave types in the script unchecked.";
  };
}
