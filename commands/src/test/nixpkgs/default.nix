{ system, ... }:

let
  lib = import ./lib;
  runCommand = name: attributes: script:
    let passthru = attributes.passthru or { };
    in
    derivation
      (removeAttrs attributes [ "passthru" ] // {
        inherit name system;
        builder = "/bin/sh";
        args = [ "-e" "-c" "mkdir -p $out\n${script}" ];
        PATH = "/usr/bin:/bin";
      }) // passthru;
  package = name: runCommand name { } "mkdir $out/bin; echo '#!/bin/sh' > $out/bin/${name}";
  # As what a build of the test would be: nobody can see in it what it was made of.
  runNixOSTest = test: runCommand "vm-test-run" { passthru.nodes = throw "the test framework was called"; } "";
in
{
  inherit lib runCommand;
  writeText = name: text: runCommand name { inherit text; } "rmdir $out; printf %s \"$text\" > $out";
  python3Packages.numpy = package "numpy" // { pname = "numpy"; };
  stdenv = { inherit system; hostPlatform = { inherit system; }; };
  callPackage = lib.callPackageWith { inherit lib; testers = { inherit runNixOSTest; }; };
  testers = { inherit runNixOSTest; };
  nixosTest = runNixOSTest;
} // lib.genAttrs [ "bash" "coreutils" "lynx" "openssh" "perl" "postgresql" "xxHash" ] package
